package dev.sysprims.os.linux;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

import dev.sysprims.os.JobMarker;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.posix.PipeName;
import org.jspecify.annotations.Nullable;

/**
 * What a process carries of the job that it belongs to, wherever it has gone: the marker
 * in {@code /proc/PID/environ}, the job's pipes among its first descriptors. What may not
 * be read is as if it was not there. Thread-safe.
 */
final class ProcessTraces {

	private static final int STDIO = 3;

	/** Several milliseconds in all: the process may have to wait for a processor. */
	private static final int LOOKS = 40;

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

	private final ProcReader reader;

	/**
	 * Traces in {@code /proc}.
	 * @param reader reads environments and tells whose they were
	 */
	ProcessTraces(ProcReader reader) {
		this.reader = reader;
	}

	/**
	 * The markers in the environment that the process was started with.
	 * @return the value, or null when there is none to be had from this very process
	 * @throws dev.sysprims.process.SysprimsException of kind system when this JVM cannot
	 * look
	 */
	@Nullable String marker(ProcessKey key) {
		try {
			String marker = ownMarker(key.pid());
			if (marker == null) {
				marker = throughAnotherThread(key, (thread) -> markerIn(environment(key.pid(), thread)));
			}
			return (marker != null && isStill(key)) ? marker : null;
		}
		catch (ProcessHiddenException ex) {
			return null; // of another user, or set-user-ID
		}
	}

	private @Nullable String ownMarker(long pid) {
		try {
			return markerIn(environment(pid));
		}
		catch (ProcessHiddenException ex) {
			return null; // or it has no first thread any more: both are refused alike
		}
	}

	/**
	 * The names of the pipes on the descriptors 0 to 2.
	 * @return the names; empty when nothing is to be had from this very process
	 * @throws dev.sysprims.process.SysprimsException of kind system when this JVM cannot
	 * look
	 */
	Set<String> pipes(ProcessKey key) {
		try {
			Set<String> pipes = pipes((fd) -> PipeName.of(key.pid(), fd));
			if (pipes.isEmpty()) {
				Set<String> found = throughAnotherThread(key,
						(thread) -> pipes((fd) -> PipeName.of(key.pid(), thread, fd)));
				pipes = (found != null) ? found : pipes;
			}
			return (!pipes.isEmpty() && isStill(key)) ? pipes : Set.of();
		}
		catch (ProcessHiddenException ex) {
			return Set.of();
		}
	}

	private static Set<String> pipes(IntFunction<@Nullable String> names) {
		Set<String> pipes = new HashSet<>(STDIO + 1);
		for (int fd = 0; fd < STDIO; fd++) {
			String name = names.apply(fd);
			if (name != null) {
				pipes.add(name);
			}
		}
		return pipes;
	}

	/**
	 * A process whose first thread has ended ({@code pthread_exit(3)}) shows neither
	 * environment nor descriptors under its own number, but under those of its other
	 * threads.
	 */
	private <T> @Nullable T throughAnotherThread(ProcessKey key, ThreadLook<T> look) throws ProcessHiddenException {
		ProcStat stat = this.reader.stat(key.pid(), ProcReader.buffer());
		if (stat != null && stat.headless()) {
			for (long thread : this.reader.threads(key.pid())) {
				if (thread != key.pid()) {
					return look.at(thread);
				}
			}
		}
		return null;
	}

	private static @Nullable String markerIn(byte @Nullable [] environment) {
		return (environment != null) ? ProcStrings.value(environment, JobMarker.VARIABLE) : null;
	}

	private byte @Nullable [] environment(long pid, long thread) throws ProcessHiddenException {
		return this.reader.read(pid, "task/" + thread + "/environ");
	}

	/**
	 * The environment. It reads as empty for a moment when the process executes another
	 * program just now: the old memory is gone, or the new one is not filled yet.
	 */
	private byte @Nullable [] environment(long pid) throws ProcessHiddenException {
		byte[] environment = this.reader.read(pid, "environ");
		for (int i = 1; environment != null && environment.length == 0 && i < LOOKS && isExecuting(pid); i++) {
			LockSupport.parkNanos(PAUSE_NANOS);
			environment = this.reader.read(pid, "environ");
		}
		return environment;
	}

	private boolean isExecuting(long pid) throws ProcessHiddenException {
		byte[] stat = this.reader.read(pid, "stat");
		return stat != null && stat.length > 0 && !ProcStat.hasNoEnvironment(stat);
	}

	/** Only what the number still meant afterwards was read of that process. */
	private boolean isStill(ProcessKey key) throws ProcessHiddenException {
		ProcStat stat = this.reader.stat(key.pid(), ProcReader.buffer());
		return stat != null && stat.key().equals(key);
	}

	/** Looks at a process by the number of one of its threads. */
	private interface ThreadLook<T> {

		@Nullable T at(long thread) throws ProcessHiddenException;

	}

}
