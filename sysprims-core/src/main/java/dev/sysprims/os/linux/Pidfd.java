package dev.sysprims.os.linux;

import java.util.concurrent.locks.ReentrantLock;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.posix.ChildWait;
import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.Kill;
import dev.sysprims.os.posix.PidT;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A descriptor that means one process and never another one with its number:
 * {@code pidfd_open(2)}. Thread-safe: its number is not used once it is closed, when it
 * may be somebody else's.
 */
final class Pidfd implements AutoCloseable {

	/** For {@code waitid}: the id is a pidfd. Linux 5.4. */
	private static final int P_PIDFD = 3;

	/**
	 * {@code _IOWR(0xFF, 11, struct pidfd_info)} with the first version's 64 bytes. Linux
	 * 6.13.
	 */
	private static final long PIDFD_GET_INFO = 0xC040FF0BL;

	private static final int INFO_LONGS = 8;

	/** Asks for the exit code; set in the answer when it is there. Linux 6.15. */
	private static final long PIDFD_INFO_EXIT = 1 << 3;

	/** {@code f_type} of the file system that pidfds have since Linux 6.9. */
	private static final long PIDFS_MAGIC = 0x50494446;

	private static final int STATFS_LONGS = 15;

	private static final int AT_EMPTY_PATH = 0x1000;

	private static final int STATX_INO = 0x100;

	/** {@code stx_ino} is at byte 32 of {@code struct statx}, which has 256. */
	private static final int STX_INO = 4;

	private static final int STATX_LONGS = 32;

	private static final byte[] NO_PATH = new byte[1];

	private final ReentrantLock lock = new ReentrantLock();

	private int fd;

	private Pidfd(int fd) {
		this.fd = fd;
	}

	/**
	 * Pins the process that has this number now.
	 * @param pid its number
	 * @return the descriptor
	 * @throws ErrnoException when there is no such process or the system refuses
	 */
	static Pidfd open(long pid) throws ErrnoException {
		int fd = (int) Syscalls.syscall(Syscalls.SYS_pidfd_open, PidT.of(pid), 0, 0, 0);
		return new Pidfd(Descriptors.aboveStdio(fd, "pidfd_open"));
	}

	/** The descriptor, for the event loop, which is told before it is closed. */
	int fd() {
		return this.fd;
	}

	/**
	 * Sends a signal to the process.
	 * @param signal the signal
	 * @return what came of it; gone when this is closed
	 */
	SignalOutcome signal(Signal signal) {
		this.lock.lock();
		try {
			if (this.fd == -1) {
				return SignalOutcome.GONE;
			}
			return Kill.outcome((int) send(signal.number()));
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How the process has ended, if the kernel says so: of a child of this JVM that is
	 * not reaped, or of a stranger that its parent has reaped already.
	 * @return the status, or null
	 */
	@Nullable ExitStatus exitStatus() {
		this.lock.lock();
		try {
			if (this.fd == -1) {
				return null;
			}
			ExitStatus status = ChildWait.peek(P_PIDFD, this.fd, null);
			return (status != null) ? status : exitInfo();
		}
		finally {
			this.lock.unlock();
		}
	}

	private @Nullable ExitStatus exitInfo() {
		long[] info = new long[INFO_LONGS];
		info[0] = PIDFD_INFO_EXIT;
		if (LinuxC.ioctl(this.fd, PIDFD_GET_INFO, info) == -1 || (info[0] & PIDFD_INFO_EXIT) == 0) {
			return null;
		}
		// The exit code is the upper half of the last 8 bytes on these little-endian
		// systems.
		return ChildWait.decode((int) (info[INFO_LONGS - 1] >>> 32));
	}

	/**
	 * The inode of the process's pidfds, which no other process gets during this boot.
	 * @return the inode, or null when it cannot be had; means something only where
	 * {@link #hasOwnInode()}
	 */
	@Nullable Long inode() {
		long[] file = new long[STATX_LONGS];
		return (LinuxC.statx(this.fd, NO_PATH, AT_EMPTY_PATH, STATX_INO, file) == 0) ? file[STX_INO] : null;
	}

	/** Whether each process has an inode of its own: before Linux 6.9 all share one. */
	boolean hasOwnInode() {
		long[] fileSystem = new long[STATFS_LONGS];
		return LinuxC.fstatfs(this.fd, fileSystem) == 0 && fileSystem[0] == PIDFS_MAGIC;
	}

	/** Whether the kernel has the call at all; {@code ENOTTY} where it does not. */
	boolean hasInfo() {
		long[] info = new long[INFO_LONGS];
		return LinuxC.ioctl(this.fd, PIDFD_GET_INFO, info) == 0;
	}

	/** Sends nothing, which fails where a seccomp profile refuses the call. */
	void requireSignals() throws ErrnoException {
		if (send(0) == -1) {
			throw ErrnoException.last("pidfd_send_signal");
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			Descriptors.close(this.fd);
			this.fd = -1;
		}
		finally {
			this.lock.unlock();
		}
	}

	private long send(int signal) {
		return Syscalls.syscall(Syscalls.SYS_pidfd_send_signal, this.fd, signal, 0, 0);
	}

}
