package dev.sysprims.os.posix;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * Our non-blocking end of a pipe that callers wait for: parked on a condition until the
 * event loop says that it is ready, so that no carrier of virtual threads blocks in the
 * kernel. Everything but construction and {@link #close()} needs the lock, so that a
 * closed descriptor's number, which may be somebody else's by then, is never used.
 */
final class PipeEnd {

	private static final int BUFFER_SIZE = 16 * 1024;

	private static final long UNWATCHED_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final EventLoop loop;

	private final EventLoop.Readiness readiness;

	private int fd;

	private EventLoop.@Nullable Watch watch;

	private @Nullable PipeBuffer buffer;

	private boolean ready;

	PipeEnd(int fd, EventLoop.Readiness readiness, EventLoop loop) {
		this.fd = fd;
		this.readiness = readiness;
		this.loop = loop;
	}

	void lock() {
		this.lock.lock();
	}

	void unlock() {
		this.lock.unlock();
	}

	boolean isOpen() {
		return this.fd != Descriptors.NONE;
	}

	int read(byte[] into, int offset, int length) throws ErrnoException {
		return buffer().read(this.fd, into, offset, length);
	}

	int write(byte[] from, int offset, int length) throws ErrnoException {
		return buffer().write(this.fd, from, offset, length);
	}

	int readable() {
		return isOpen() ? Descriptors.readable(this.fd) : 0;
	}

	/**
	 * Waits until it may be ready or is closed, giving the lock up meanwhile.
	 * @throws InterruptedIOException when the thread is interrupted; its flag is set
	 */
	@SuppressWarnings("WaitNotInLoop") // unwatched, its callers try again and come back
	void awaitReady() throws InterruptedIOException {
		this.ready = false;
		try {
			if (isWatched()) {
				while (!this.ready && isOpen()) {
					this.changed.await();
				}
			}
			else {
				pause();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new InterruptedIOException("Interrupted while waiting for a child's pipe");
		}
	}

	private void pause() throws InterruptedException {
		long left = UNWATCHED_NANOS;
		while (left > 0 && isOpen()) {
			left = this.changed.awaitNanos(left);
		}
	}

	/** False where the system has no descriptor or memory left for the event loop. */
	private boolean isWatched() {
		try {
			if (this.watch == null) {
				this.watch = this.loop.watchOnce(this.fd, this.readiness, (watch) -> wake());
			}
			else {
				this.watch.again();
			}
			return true;
		}
		catch (ErrnoException ex) {
			return false;
		}
	}

	/** Closes it and wakes whoever waits. Idempotent. */
	void close() {
		this.lock.lock();
		try {
			if (this.watch != null) {
				this.watch.cancel();
			}
			Descriptors.close(this.fd);
			this.fd = Descriptors.NONE;
			if (this.buffer != null) {
				this.buffer.close();
				this.buffer = null;
			}
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void wake() {
		this.lock.lock();
		try {
			this.ready = true;
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private PipeBuffer buffer() {
		if (this.buffer == null) {
			this.buffer = new PipeBuffer(BUFFER_SIZE);
		}
		return this.buffer;
	}

}
