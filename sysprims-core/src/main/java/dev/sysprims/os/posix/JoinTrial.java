package dev.sysprims.os.posix;

import java.util.Arrays;
import java.util.List;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;

/**
 * Tries with throw-away children whether a child can be brought into a container. They
 * have no program to run, so that none has to be installed: the kernel refuses the last
 * one its impossible name, which shows how far it came.
 */
public final class JoinTrial {

	/** Its name is longer than any path can be; no other step of a spawn says so. */
	static final PreparedProgram IMPOSSIBLE = new PreparedProgram(name(), List.of(new byte[] { 'x' }), List.of(), null);

	static final int IMPOSSIBLE_ERROR = Errno.ENAMETOOLONG;

	private JoinTrial() {
	}

	/**
	 * Brings a child into a container, sees it inside, kills it there, and lets a second
	 * one pass. Leaves nothing behind.
	 * @param containers what to try, on this thread
	 * @throws ErrnoException the first step that failed
	 * @throws NotContainedException why a child could not be brought in
	 */
	public static void run(Containers containers) throws ErrnoException, NotContainedException {
		int devNull = Descriptors.aboveStdio(LibC.open(NativeText.cString(NativeText.bytes("/dev/null")),
				LibC.O_RDWR | LibC.O_CLOEXEC | LibC.O_NOCTTY, 0), "open(/dev/null)");
		try (NativeSpawn call = new NativeSpawn(ClosingDescriptors.available(), containers)) {
			JobContainer container = containers.create();
			try {
				killInside(call, container, devNull);
				passThrough(call, container, devNull);
				requireEmpty(container);
			}
			finally {
				container.remove();
			}
		}
		finally {
			Descriptors.close(devNull);
		}
	}

	private static void killInside(NativeSpawn call, JobContainer container, int devNull)
			throws ErrnoException, NotContainedException {
		KilledInside killed = new KilledInside(container);
		try {
			int pid = call.spawn(IMPOSSIBLE, devNull, devNull, devNull, killed);
			ChildWait.awaitAndReap(pid);
		}
		catch (ErrnoException ex) {
			// Nothing holds it back where it is born inside.
			if (ex.errno() != IMPOSSIBLE_ERROR) {
				throw ex;
			}
		}
		requireEmpty(container);
	}

	private static void passThrough(NativeSpawn call, JobContainer container, int devNull)
			throws ErrnoException, NotContainedException {
		try {
			int pid = call.spawn(IMPOSSIBLE, devNull, devNull, devNull, container);
			Kill.process(pid, Signal.KILL);
			ChildWait.awaitAndReap(pid);
			throw new NotContainedException("a child that was let in did not go on");
		}
		catch (ErrnoException ex) {
			if (ex.errno() != IMPOSSIBLE_ERROR) {
				throw ex;
			}
		}
	}

	private static void requireEmpty(JobContainer container) throws NotContainedException {
		try {
			if (container.isPopulated()) {
				throw new NotContainedException("the kernel says of an empty cgroup that it has members");
			}
		}
		catch (SysprimsException ex) {
			throw new NotContainedException(String.valueOf(ex.getMessage()));
		}
	}

	private static byte[] name() {
		byte[] name = new byte[8192];
		Arrays.fill(name, (byte) 'x');
		return name;
	}

	/** Kills whom it lets in, once it has seen it inside. */
	private record KilledInside(JobContainer container) implements JobContainer {

		@Override
		public void admit(int pid) throws ErrnoException {
			this.container.admit(pid);
			if (this.container.members().stream().noneMatch((member) -> member.key().pid() == pid)) {
				throw new ErrnoException("Seeing a child inside its cgroup", Errno.ESRCH);
			}
			if (kill() != SignalOutcome.SENT) {
				Kill.process(pid, Signal.KILL);
			}
		}

		@Override
		public int open() throws ErrnoException {
			return this.container.open();
		}

		@Override
		public boolean isPopulated() {
			return this.container.isPopulated();
		}

		@Override
		public List<ProcessEntry> members() {
			return this.container.members();
		}

		@Override
		public boolean isOutside(ProcessKey process) {
			return this.container.isOutside(process);
		}

		@Override
		public SignalOutcome kill() {
			return this.container.kill();
		}

		@Override
		public Runnable watch(Runnable changed) {
			return this.container.watch(changed);
		}

		@Override
		public void remove() {
			this.container.remove();
		}

	}

}
