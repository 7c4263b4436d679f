package dev.sysprims.os.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes on their way between a thread that blocks in a pipe, which nothing can wake, and
 * one that must stay interruptible. Bounded: a full queue holds the writer up.
 */
final class ByteQueue {

	/** As much as a pipe of Linux holds. */
	private static final int CAPACITY = 64 * 1024;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<byte[]> chunks = new ArrayDeque<>();

	private int offsetInFirst;

	private int size;

	private int capacity = CAPACITY;

	private boolean ended;

	private boolean abandoned;

	/**
	 * Puts bytes in, waiting for room.
	 * @throws IOException when the queue was ended or the reader has gone
	 * @throws InterruptedIOException when the thread is interrupted; its flag stays set
	 */
	void write(byte[] bytes, int offset, int length) throws IOException {
		acquire();
		try {
			int written = 0;
			while (written < length) {
				while (this.size >= this.capacity && !this.ended && !this.abandoned) {
					await();
				}
				if (this.ended || this.abandoned) {
					throw new IOException(this.abandoned ? "Broken pipe" : "Stream closed");
				}
				int some = Math.min(length - written, this.capacity - this.size);
				this.chunks.add(Arrays.copyOfRange(bytes, offset + written, offset + written + some));
				this.size += some;
				written += some;
				this.changed.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes bytes out, waiting for some.
	 * @return how many, at least 1, or −1 at the end
	 * @throws InterruptedIOException when the thread is interrupted; its flag stays set
	 */
	int read(byte[] buffer, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		acquire();
		try {
			while (this.size == 0 && !this.ended && !this.abandoned) {
				await();
			}
			if (this.abandoned) {
				throw new IOException("Stream closed");
			}
			if (this.size == 0) {
				return -1;
			}
			int taken = take(buffer, offset, length);
			this.changed.signalAll();
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** How many bytes can be read at once. */
	int available() {
		this.lock.lock();
		try {
			return this.size;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** The writer is done: what is in the queue can be read, then comes the end. */
	void end() {
		change(() -> this.ended = true);
	}

	/** The reader has gone: what is in the queue is lost, and writing fails. */
	void abandon() {
		change(() -> {
			this.abandoned = true;
			this.chunks.clear();
			this.size = 0;
		});
	}

	/** Takes this many bytes more than usual, so that a last rest waits for nobody. */
	void makeRoom(int bytes) {
		change(() -> this.capacity = CAPACITY + bytes);
	}

	/** The reading side; closing it is {@link #abandon()}. */
	InputStream input() {
		return new InputStream() {

			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return (ByteQueue.this.read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
			}

			@Override
			public int read(byte[] buffer, int offset, int length) throws IOException {
				Objects.checkFromIndexSize(offset, length, buffer.length);
				return ByteQueue.this.read(buffer, offset, length);
			}

			@Override
			public int available() {
				return ByteQueue.this.available();
			}

			@Override
			public void close() {
				abandon();
			}

		};
	}

	/** The writing side; closing it is {@link #end()}. */
	OutputStream output() {
		return new OutputStream() {

			@Override
			public void write(int value) throws IOException {
				ByteQueue.this.write(new byte[] { (byte) value }, 0, 1);
			}

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				Objects.checkFromIndexSize(offset, length, bytes.length);
				ByteQueue.this.write(bytes, offset, length);
			}

			@Override
			public void close() {
				end();
			}

		};
	}

	private int take(byte[] buffer, int offset, int length) {
		int taken = 0;
		while (taken < length && this.size > 0) {
			byte[] first = this.chunks.getFirst();
			int some = Math.min(length - taken, first.length - this.offsetInFirst);
			System.arraycopy(first, this.offsetInFirst, buffer, offset + taken, some);
			taken += some;
			this.offsetInFirst += some;
			this.size -= some;
			if (this.offsetInFirst == first.length) {
				this.chunks.removeFirst();
				this.offsetInFirst = 0;
			}
		}
		return taken;
	}

	private void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void acquire() throws InterruptedIOException {
		try {
			this.lock.lockInterruptibly();
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	@SuppressWarnings("WaitNotInLoop") // its callers loop
	private void await() throws InterruptedIOException {
		try {
			this.changed.await();
		}
		catch (InterruptedException ex) {
			throw interrupted();
		}
	}

	private static InterruptedIOException interrupted() {
		Thread.currentThread().interrupt();
		return new InterruptedIOException("Interrupted while waiting for a stream of a child process");
	}

}
