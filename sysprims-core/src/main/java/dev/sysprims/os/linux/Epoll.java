package dev.sysprims.os.linux;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;

/**
 * An epoll set with an eventfd in it that wakes its waiter. {@code struct epoll_event} is
 * packed to 12 bytes on x86-64 only; elsewhere it has 16.
 */
final class Epoll implements AutoCloseable {

	private static final boolean PACKED = Platform.ARCH.equals("x86-64");

	private static final int EVENT_INTS = PACKED ? 3 : 4;

	private static final int DATA = EVENT_INTS - 2;

	private static final int BATCH = 256;

	/** The eventfd's number of a watch; others are positive. */
	private static final long WAKE = 0;

	private final int set;

	private final int wake;

	/** Filled by {@link #await}; confined to the waiter. */
	private final int[] events = new int[BATCH * EVENT_INTS];

	private final long[] counter = new long[1];

	private Epoll(int set, int wake) {
		this.set = set;
		this.wake = wake;
	}

	static Epoll open() throws ErrnoException {
		int set = Descriptors.aboveStdio(LinuxC.epoll_create1(LinuxC.EPOLL_CLOEXEC), "epoll_create1");
		int wake = -1;
		try {
			wake = Descriptors.aboveStdio(LinuxC.eventfd(0, LinuxC.EFD_CLOEXEC | LinuxC.EFD_NONBLOCK), "eventfd");
			Epoll epoll = new Epoll(set, wake);
			epoll.control(LinuxC.EPOLL_CTL_ADD, wake, LinuxC.EPOLLIN, WAKE);
			return epoll;
		}
		catch (ErrnoException ex) {
			Descriptors.close(wake);
			Descriptors.close(set);
			throw ex;
		}
	}

	void control(int operation, int fd, int events, long id) throws ErrnoException {
		int[] event = new int[EVENT_INTS];
		event[0] = events;
		event[DATA] = (int) id;
		event[DATA + 1] = (int) (id >>> 32);
		if (LinuxC.epoll_ctl(this.set, operation, fd, event) == -1) {
			throw ErrnoException.last("epoll_ctl");
		}
	}

	void remove(int fd) {
		LinuxC.epoll_ctl(this.set, LinuxC.EPOLL_CTL_DEL, fd, new int[EVENT_INTS]);
	}

	/** Makes {@link #await} return; a full counter is readable too. */
	void wake() {
		LinuxC.write(this.wake, new long[] { 1 }, Long.BYTES);
	}

	/**
	 * Waits for events.
	 * @param millis how long, or −1 for ever
	 * @return the number of events, the wake-up among them; 0 when the time was over
	 * @throws ErrnoException when the descriptor is no epoll set any more
	 */
	int await(int millis) throws ErrnoException {
		int count;
		do {
			count = LinuxC.epoll_wait(this.set, this.events, BATCH, millis);
		}
		while (count == -1 && Native.getLastError() == Errno.EINTR);
		if (count == -1) {
			throw ErrnoException.last("epoll_wait");
		}
		return count;
	}

	/** The number of the watch; 0 for the wake-up, which is taken note of here. */
	long id(int event) {
		int at = event * EVENT_INTS + DATA;
		long id = (this.events[at] & 0xffffffffL) | ((long) this.events[at + 1] << 32);
		if (id == WAKE) {
			LinuxC.read(this.wake, this.counter, Long.BYTES);
		}
		return id;
	}

	int events(int event) {
		return this.events[event * EVENT_INTS];
	}

	@Override
	public void close() {
		Descriptors.close(this.set);
		Descriptors.close(this.wake);
	}

}
