package dev.sysprims.os.posix;

/**
 * Opens and closes descriptors of this JVM: never inherited by accident, never 0, 1 or 2.
 */
public final class Descriptors {

	/** No descriptor. */
	static final int NONE = -1;

	private static final int FIRST_ABOVE_STDIO = 3;

	private Descriptors() {
	}

	/**
	 * Moves a descriptor out of the way when this JVM was started with a closed stdin,
	 * stdout or stderr and it took that number: whatever prints there would write into
	 * it.
	 * @param fd a new descriptor, or −1 when the call that was to make it has failed
	 * @param call that call
	 * @return the same or another descriptor of at least 3
	 * @throws ErrnoException when the call or the move has failed
	 */
	public static int aboveStdio(int fd, String call) throws ErrnoException {
		if (fd == -1) {
			throw ErrnoException.last(call);
		}
		if (fd >= FIRST_ABOVE_STDIO) {
			return fd;
		}
		int moved = LibC.fcntl(fd, LibC.F_DUPFD_CLOEXEC, FIRST_ABOVE_STDIO);
		ErrnoException failure = (moved == -1) ? ErrnoException.last("fcntl(F_DUPFD_CLOEXEC)") : null;
		close(fd);
		if (failure != null) {
			throw failure;
		}
		return moved;
	}

	/**
	 * Closes a descriptor. There is nothing to be done about an error: on Linux the
	 * number is free afterwards in any case, and a second try would hit somebody else's.
	 * @param fd the descriptor, or −1 for none
	 */
	public static void close(int fd) {
		if (fd != NONE) {
			LibC.close(fd);
		}
	}

	/** A pipe, neither end inherited: the end to read, the end to write. */
	static int[] pipe() throws ErrnoException {
		int[] ends = new int[2];
		if (LibC.pipe2(ends, LibC.O_CLOEXEC) == -1) {
			throw ErrnoException.last("pipe2");
		}
		int reading = NONE;
		try {
			reading = aboveStdio(ends[0], "pipe2");
			return new int[] { reading, aboveStdio(ends[1], "pipe2") };
		}
		catch (ErrnoException ex) {
			close((reading != NONE) ? reading : ends[1]);
			throw ex;
		}
	}

	static void setNonBlocking(int fd, boolean nonBlocking) throws ErrnoException {
		int flags = LibC.fcntl(fd, LibC.F_GETFL, 0);
		int wanted = nonBlocking ? flags | LibC.O_NONBLOCK : flags & ~LibC.O_NONBLOCK;
		if (flags == -1 || LibC.fcntl(fd, LibC.F_SETFL, wanted) == -1) {
			throw ErrnoException.last("fcntl(F_SETFL)");
		}
	}

	/** The bytes that a read would get now. */
	static int readable(int fd) {
		int[] count = new int[1];
		return (LibC.ioctl(fd, LibC.FIONREAD, count) == 0) ? count[0] : 0;
	}

	/** Whether it is a pipe or FIFO: only those have a pipe size. */
	static boolean isPipe(int fd) {
		return LibC.fcntl(fd, LibC.F_GETPIPE_SZ, 0) != -1;
	}

}
