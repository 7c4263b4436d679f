package dev.sysprims.os.posix;

import com.sun.jna.Memory;
import com.sun.jna.Native;

/** Native memory between Java's bytes and a non-blocking pipe. Not thread-safe. */
final class PipeBuffer implements AutoCloseable {

	/** Result of a call that would have blocked. */
	static final int WOULD_BLOCK = -1;

	private final Memory memory;

	PipeBuffer(int size) {
		this.memory = new Memory(size);
	}

	/**
	 * Reads what is there.
	 * @return the number of bytes, 0 at the end of file, or {@link #WOULD_BLOCK}
	 */
	int read(int fd, byte[] into, int offset, int length) throws ErrnoException {
		int wanted = (int) Math.min(length, this.memory.size());
		long count = LibC.read(fd, this.memory, wanted);
		if (count == -1) {
			return wouldBlock("read");
		}
		this.memory.read(0, into, offset, (int) count);
		return (int) count;
	}

	/**
	 * Writes what fits.
	 * @return the number of bytes, or {@link #WOULD_BLOCK}
	 */
	int write(int fd, byte[] from, int offset, int length) throws ErrnoException {
		int wanted = (int) Math.min(length, this.memory.size());
		this.memory.write(0, from, offset, wanted);
		long count = LibC.write(fd, this.memory, wanted);
		return (count == -1) ? wouldBlock("write") : (int) count;
	}

	@Override
	public void close() {
		this.memory.close();
	}

	private static int wouldBlock(String call) throws ErrnoException {
		int errno = Native.getLastError();
		// After EINTR the descriptor is still ready, so that waiting for it is right too.
		if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
			return WOULD_BLOCK;
		}
		throw new ErrnoException(call, errno);
	}

}
