package dev.sysprims.os.linux;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.posix.AttributeJoining;
import dev.sysprims.os.posix.Containers;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.JobContainer;
import dev.sysprims.os.posix.JoinTrial;
import dev.sysprims.os.posix.Joining;
import dev.sysprims.os.posix.NotContainedException;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one cgroup for each tree, all in one of this JVM below or beside its own, which
 * is there only while it is needed and has no members itself: so it can have their memory
 * counted, where the cgroup above lets it. No other controller is enabled, and no limit
 * set. Thread-safe.
 */
final class CgroupContainers implements Containers {

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int NAMES = 100;

	private static final String MEND = " Give this JVM a cgroup v2 that it may write to: Delegate=yes in its systemd"
			+ " unit, in a container a cgroup namespace of its own with /sys/fs/cgroup mounted read-write, and as"
			+ " another user than root a place inside of a delegated subtree.";

	private final ReentrantLock lock = new ReentrantLock();

	private final CgroupDirectory base;

	private final CgroupOwner self;

	private final Way way;

	private final LinuxProcesses processes;

	private final EpollLoop loop;

	private final Sweeper sweeper;

	/** This JVM's, while there is one; guarded, as the rest. */
	private @Nullable CgroupDirectory own;

	private long live;

	private long last;

	/** No timer is started for what a trial leaves behind. */
	private boolean trying = true;

	private boolean noneExpected;

	CgroupContainers(CgroupDirectory base, CgroupOwner self, Way way, LinuxProcesses processes, EpollLoop loop,
			Sweeper sweeper) {
		this.base = base;
		this.self = self;
		this.way = way;
		this.processes = processes;
		this.loop = loop;
		this.sweeper = sweeper;
	}

	/**
	 * Finds the place for them, removes what a JVM that has died left there, and tries
	 * them out.
	 * @param processes reads members
	 * @param loop watches them
	 * @param sweeper whose timers are used
	 * @return where nothing works, containers that say why
	 */
	static Containers probe(LinuxProcesses processes, EpollLoop loop, Sweeper sweeper) {
		try {
			CgroupPlace place = CgroupPlace.find(read("/proc/self/cgroup"), read("/proc/self/mountinfo"));
			String directory = place.directory();
			if (directory == null) {
				return refusing(String.valueOf(place.refused()));
			}
			CgroupOwner self = CgroupOwner.self(processes);
			String reason = "";
			for (CgroupDirectory base : CgroupBase.candidates(directory, place)) {
				self.removeStale(base, processes);
				for (Way way : Way.values()) {
					CgroupContainers tried = new CgroupContainers(base, self, way, processes, loop, sweeper);
					String failure = way.isAvailable() ? tried.tryOut() : null;
					if (way.isAvailable() && failure == null) {
						return tried;
					}
					reason = (failure != null) ? failure : reason;
				}
			}
			return refusing(reason);
		}
		catch (IOException | InvalidPathException ex) {
			return refusing(String.valueOf(ex.getMessage()));
		}
	}

	private static Containers refusing(String reason) {
		return Containers.refusing("A process tree gets no cgroup of its own here, because " + reason + "." + MEND);
	}

	private static String read(String file) throws IOException {
		return new String(Files.readAllBytes(new File(file).toPath()), StandardCharsets.UTF_8);
	}

	private @Nullable String tryOut() {
		try {
			JoinTrial.run(this);
			return null;
		}
		catch (ErrnoException | NotContainedException ex) {
			return ex.getMessage() + " below " + this.base.path();
		}
		finally {
			this.lock.lock();
			try {
				this.trying = false;
				removeIdle();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	@Override
	public @Nullable String refused() {
		return null;
	}

	@Override
	public List<String> outside() {
		return List.of(LinuxPlatform.SESSION);
	}

	@Override
	public JobContainer create() throws ErrnoException {
		this.lock.lock();
		try {
			CgroupDirectory made = makeInOwn();
			this.live++;
			this.noneExpected = false;
			return new CgroupContainer(made, this.processes, this.loop, this.sweeper, this::removed);
		}
		finally {
			this.lock.unlock();
		}
	}

	private CgroupDirectory makeInOwn() throws ErrnoException {
		String name = Long.toString(++this.last);
		CgroupDirectory parent = this.own;
		if (parent != null) {
			try {
				CgroupDirectory made = parent.child(name);
				made.make();
				return made;
			}
			catch (ErrnoException ex) {
				if (ex.errno() != Errno.ENOENT) {
					throw ex;
				}
				// Somebody else has removed ours.
			}
		}
		parent = makeOwn();
		this.own = parent;
		CgroupDirectory made = parent.child(name);
		made.make();
		return made;
	}

	/** With a number at the end, because there may be other backends in this JVM. */
	private CgroupDirectory makeOwn() throws ErrnoException {
		for (int number = 1;; number++) {
			CgroupDirectory made = this.base.child(this.self.name(number));
			try {
				made.make();
				CgroupMemory.count(made);
				return made;
			}
			catch (ErrnoException ex) {
				if (ex.errno() != Errno.EEXIST || number == NAMES) {
					throw ex;
				}
			}
		}
	}

	private void removed() {
		this.lock.lock();
		try {
			this.live--;
			if (this.noneExpected) {
				removeIdle();
			}
			else if (this.live == 0 && !this.trying) {
				this.sweeper.schedule(this.sweeper.nanoTime() + IDLE_NANOS, this::removeIdle);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void releaseIdle() {
		this.lock.lock();
		try {
			this.noneExpected = true;
			removeIdle();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void removeIdle() {
		this.lock.lock();
		try {
			if (this.live == 0 && this.own != null) {
				this.own.remove();
				this.own = null;
			}
		}
		catch (ErrnoException ex) {
			// Somebody else works in it; it goes with the last one of the next ones.
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * A zombie keeps its place in the hierarchy, {@code cgroups(7)}, until it is reaped.
	 */
	@Override
	public boolean wasInside(ProcessKey zombie) {
		try {
			return CgroupPath.of(zombie.pid()).stream().anyMatch((name) -> this.self.equals(CgroupOwner.parse(name)));
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			if (!isShown(zombie)) {
				return false;
			}
			throw new SysprimsException(ErrorKind.SYSTEM,
					"The cgroup of process " + zombie.pid() + ", which has ended, cannot be read: " + ex.getMessage()
							+ ". This JVM may have reached its limit of open files (ulimit -n).",
					ex);
		}
	}

	private boolean isShown(ProcessKey zombie) {
		try {
			return this.processes.entry(zombie.pid()) != null;
		}
		catch (PermissionDeniedException ex) {
			return false;
		}
	}

	@Override
	public Joining joining() throws ErrnoException {
		return (this.way == Way.ATTRIBUTE) ? new AttributeJoining() : LeaseGate.open();
	}

	/** How a child gets in, the best one first. */
	enum Way {

		/** Born inside. */
		ATTRIBUTE,

		/** Moved while it waits at a gate. */
		GATE;

		private boolean isAvailable() {
			return this == GATE || AttributeJoining.isAvailable();
		}

	}

}
