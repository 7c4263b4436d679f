package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A child's input as a stream: not buffered, and a child that does not read holds the
 * writer up. Writes on the caller's thread, never blocking there in the kernel. Closing
 * it wakes a writer; one that is interrupted gets {@link InterruptedIOException} and
 * keeps its flag. Thread-safe; what one call writes stays together.
 */
final class PipeOutputStream extends OutputStream implements ChildPipe {

	/** Held for a whole write, while the pipe's own lock is given up to wait. */
	private final ReentrantLock turn = new ReentrantLock();

	private final PipeEnd pipe;

	private boolean closed;

	PipeOutputStream(int fd, EventLoop loop) {
		this.pipe = new PipeEnd(fd, EventLoop.Readiness.WRITE, loop);
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] from, int offset, int length) throws IOException {
		Objects.checkFromIndexSize(offset, length, from.length);
		takeTurn();
		try {
			this.pipe.lock();
			try {
				writeAll(from, offset, length);
			}
			finally {
				this.pipe.unlock();
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	private void writeAll(byte[] from, int offset, int length) throws IOException {
		int written = 0;
		while (written < length) {
			requireOpen();
			try {
				int count = this.pipe.write(from, offset + written, length - written);
				if (count == PipeBuffer.WOULD_BLOCK) {
					this.pipe.awaitReady();
				}
				else {
					written += count;
				}
			}
			catch (InterruptedIOException ex) {
				ex.bytesTransferred = written;
				throw ex;
			}
			catch (ErrnoException ex) {
				throw (ex.errno() == Errno.EPIPE) ? new IOException("Broken pipe: the child reads no more (EPIPE)", ex)
						: ex;
			}
		}
	}

	private void requireOpen() throws IOException {
		if (this.closed) {
			throw new IOException("Stream closed");
		}
		if (!this.pipe.isOpen()) {
			throw new IOException("Broken pipe: the child has ended");
		}
	}

	private void takeTurn() throws IOException {
		try {
			this.turn.lockInterruptibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while another thread writes to a child");
		}
	}

	@Override
	public void close() {
		this.pipe.lock();
		try {
			this.closed = true;
			this.pipe.close();
		}
		finally {
			this.pipe.unlock();
		}
	}

	@Override
	public void finish() {
		this.pipe.close();
	}

}
