package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.sysprims.os.MemoryAccount;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.posix.ContainerDirectory;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.JobContainer;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cgroup v2 of one tree. What a member forks is born in it, and only who may write to
 * the cgroup file system gets out of it. A member may make cgroups of its own below it:
 * they count, are killed and are removed with it. Thread-safe; holds no descriptor.
 */
final class CgroupContainer implements JobContainer, ContainerDirectory {

	private static final Logger logger = LoggerFactory.getLogger(CgroupContainer.class);

	private static final long FIRST_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** No process but the first ones of the boot starts then. */
	private static final long UNKNOWN_START = 0;

	private static final long LAST_RETRY_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final CgroupDirectory directory;

	private final LinuxProcesses processes;

	private final EpollLoop loop;

	private final Sweeper sweeper;

	private final Runnable whenRemoved;

	private final AtomicBoolean removing = new AtomicBoolean();

	/**
	 * A container.
	 * @param directory made already, and empty
	 * @param processes reads members
	 * @param loop watches it
	 * @param sweeper whose timers are used
	 * @param whenRemoved told once
	 */
	CgroupContainer(CgroupDirectory directory, LinuxProcesses processes, EpollLoop loop, Sweeper sweeper,
			Runnable whenRemoved) {
		this.directory = directory;
		this.processes = processes;
		this.loop = loop;
		this.sweeper = sweeper;
		this.whenRemoved = whenRemoved;
	}

	@Override
	public Path directory() {
		return this.directory.path();
	}

	@Override
	public void admit(int pid) throws ErrnoException {
		this.directory.write("cgroup.procs", Integer.toString(pid));
	}

	@Override
	public int open() throws ErrnoException {
		return this.directory.open("", LinuxC.O_PATH);
	}

	@Override
	public boolean isPopulated() {
		try {
			return this.directory.isPopulated();
		}
		catch (ErrnoException ex) {
			throw unknown("It cannot be told whether processes live in", ex);
		}
	}

	@Override
	public List<ProcessEntry> members() {
		List<ProcessEntry> members = new ArrayList<>();
		try {
			collect(this.directory, members);
		}
		catch (ErrnoException ex) {
			throw unknown("It cannot be told which processes live in", ex);
		}
		return members;
	}

	private void collect(CgroupDirectory from, List<ProcessEntry> members) throws ErrnoException {
		for (long pid : from.processes()) {
			try {
				ProcessEntry entry = this.processes.entry(pid);
				if (entry != null && !entry.ended()) {
					members.add(entry);
				}
			}
			catch (PermissionDeniedException ex) {
				members.add(hidden(pid));
			}
		}
		for (CgroupDirectory child : from.children()) {
			collect(child, members);
		}
	}

	/**
	 * One that changed its user, on a hidepid mount: it counts, and cgroup.kill reaches
	 * it. Its start is not known, so that nothing else is done to it.
	 */
	private static ProcessEntry hidden(long pid) {
		return new ProcessEntry(new ProcessKey(pid, UNKNOWN_START), 0, ProcessEntry.UNKNOWN, ProcessEntry.UNKNOWN,
				false, "hidden");
	}

	@Override
	public boolean isOutside(ProcessKey process) {
		try {
			List<String> names = CgroupPath.of(process.pid());
			Path own = this.directory.path();
			int last = own.getNameCount() - 1;
			int at = names.indexOf(own.getName(last - 1).toString());
			if (at >= 0 && at + 1 < names.size() && names.get(at + 1).equals(own.getName(last).toString())) {
				return false;
			}
			ProcessEntry entry = this.processes.entry(process.pid());
			return entry != null && !entry.ended() && entry.key().equals(process);
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException | SysprimsException ex) {
			return true;
		}
	}

	private SysprimsException unknown(String what, ErrnoException cause) {
		return new SysprimsException(ErrorKind.SYSTEM, what + " the cgroup " + this.directory.path() + ": "
				+ cause.getMessage() + ". This JVM may have reached its limit of open files (ulimit -n).", cause);
	}

	@Override
	public SignalOutcome kill() {
		try {
			this.directory.write("cgroup.kill", "1");
			return SignalOutcome.SENT;
		}
		catch (ErrnoException ex) {
			if (CgroupDirectory.isGone(ex)) {
				// cgroup.kill came with Linux 5.14.
				return Files.exists(this.directory.path()) ? SignalOutcome.NOT_SUPPORTED : SignalOutcome.GONE;
			}
			return SignalOutcome.NOT_SUPPORTED;
		}
	}

	@Override
	public Runnable watch(Runnable changed) {
		return CgroupWatch.start(this.directory, this.loop, this.sweeper, changed);
	}

	@Override
	public @Nullable MemoryAccount memory() {
		try {
			return CgroupMemory.of(this.directory);
		}
		catch (ErrnoException ex) {
			throw unknown("It cannot be told what was counted of the memory of", ex);
		}
	}

	@Override
	public void remove() {
		if (this.removing.compareAndSet(false, true)) {
			remove(FIRST_RETRY_NANOS);
		}
	}

	private void remove(long delay) {
		ErrnoException failure = tryRemove();
		if (failure == null) {
			this.whenRemoved.run();
			return;
		}
		long next = Math.min(delay * 2, LAST_RETRY_NANOS);
		if (next == LAST_RETRY_NANOS && delay < LAST_RETRY_NANOS) {
			logger.warn(
					"The cgroup of a tree that has ended cannot be removed: {}. It is tried again every {} s."
							+ " If it is still there when this JVM has ended, remove {} with rmdir.",
					failure.getMessage(), TimeUnit.NANOSECONDS.toSeconds(LAST_RETRY_NANOS), this.directory.path());
		}
		this.sweeper.schedule(this.sweeper.nanoTime() + delay, () -> remove(next));
	}

	private @Nullable ErrnoException tryRemove() {
		try {
			this.directory.remove();
			return null;
		}
		catch (ErrnoException ex) {
			return ex;
		}
	}

	@Override
	public String toString() {
		return "cgroup " + this.directory.path();
	}

}
