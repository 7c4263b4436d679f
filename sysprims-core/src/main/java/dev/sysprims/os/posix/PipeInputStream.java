package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child's output as a stream: lossless, and a slow reader holds the child up. Reads on
 * the caller's thread, never blocking there in the kernel. Closing it wakes a reader; a
 * reader that is interrupted gets {@link java.io.InterruptedIOException} and keeps its
 * flag. Thread-safe.
 */
final class PipeInputStream extends InputStream implements ChildPipe {

	private static final Logger logger = LoggerFactory.getLogger(PipeInputStream.class);

	private final PipeEnd pipe;

	/** What was left in the pipe when it was let go, from {@link #restStart} on. */
	private byte @Nullable [] rest;

	private int restStart;

	private boolean closed;

	PipeInputStream(int fd, EventLoop loop) {
		this.pipe = new PipeEnd(fd, EventLoop.Readiness.READ, loop);
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) == -1) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] into, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, into.length);
		if (length == 0) {
			return 0;
		}
		this.pipe.lock();
		try {
			while (!this.closed) {
				if (!this.pipe.isOpen()) {
					return readRest(into, offset, length);
				}
				int count = this.pipe.read(into, offset, length);
				if (count > 0) {
					return count;
				}
				if (count == 0) {
					this.pipe.close();
				}
				else {
					this.pipe.awaitReady();
				}
			}
			throw new IOException("Stream closed");
		}
		finally {
			this.pipe.unlock();
		}
	}

	@Override
	public int available() throws IOException {
		this.pipe.lock();
		try {
			if (this.closed) {
				throw new IOException("Stream closed");
			}
			return this.pipe.readable() + ((this.rest != null) ? this.rest.length - this.restStart : 0);
		}
		finally {
			this.pipe.unlock();
		}
	}

	@Override
	public void close() {
		this.pipe.lock();
		try {
			this.closed = true;
			this.rest = null;
			this.pipe.close();
		}
		finally {
			this.pipe.unlock();
		}
	}

	@Override
	public void finish() {
		this.pipe.lock();
		try {
			if (this.pipe.isOpen()) {
				keepRest();
			}
		}
		finally {
			this.pipe.close();
			this.pipe.unlock();
		}
	}

	/** No more than is there now: an orphan may write for ever. */
	private void keepRest() {
		byte[] left = new byte[this.pipe.readable()];
		int kept = 0;
		try {
			int count = 1;
			while (kept < left.length && count > 0) {
				count = this.pipe.read(left, kept, left.length - kept);
				kept += Math.max(count, 0);
			}
		}
		catch (ErrnoException ex) {
			logger.warn("The end of a child's output is lost.", ex);
		}
		this.rest = (kept == left.length) ? left : Arrays.copyOf(left, kept);
	}

	private int readRest(byte[] into, int offset, int length) {
		if (this.rest == null) {
			return -1;
		}
		int count = Math.min(length, this.rest.length - this.restStart);
		System.arraycopy(this.rest, this.restStart, into, offset, count);
		this.restStart += count;
		if (this.restStart == this.rest.length) {
			this.rest = null;
		}
		return (count > 0) ? count : -1;
	}

}
