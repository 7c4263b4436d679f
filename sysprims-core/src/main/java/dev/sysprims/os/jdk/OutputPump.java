package dev.sysprims.os.jdk;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import dev.sysprims.os.ByteSink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves one output of a child from its pipe to who wants it, in a thread of its own:
 * nothing wakes a thread that reads from a pipe, not even closing it.
 */
final class OutputPump implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(OutputPump.class);

	/**
	 * How long a pipe must give nothing before it counts as empty. What was written
	 * before can be read at once; this is for the thread to get a processor.
	 */
	private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	/** How long a process that writes without end can hold {@link #finish()} up. */
	private static final long FINISH_NANOS = TimeUnit.SECONDS.toNanos(2);

	private final InputStream pipe;

	private final ByteSink sink;

	private final Runnable unblockSink;

	private final ReentrantLock turn = new ReentrantLock();

	private final CountDownLatch over = new CountDownLatch(1);

	private volatile long lastMove;

	private boolean ended;

	private OutputPump(InputStream pipe, ByteSink sink, Runnable unblockSink) {
		this.pipe = pipe;
		this.sink = sink;
		this.unblockSink = unblockSink;
	}

	/** To a sink, which never blocks. */
	static OutputPump capture(InputStream pipe, ByteSink sink) {
		return new OutputPump(pipe, sink, () -> {
		});
	}

	/** To a queue, which blocks while it is full, so that the child is held up. */
	static OutputPump stream(InputStream pipe, ByteQueue queue) {
		return new OutputPump(pipe, new ByteSink() {

			@Override
			public void accept(byte[] buffer, int offset, int length) {
				try {
					queue.write(buffer, offset, length);
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex); // the reader has closed its side
				}
			}

			@Override
			public void end() {
				queue.end();
			}

		}, queue::end);
	}

	@Override
	public void run() {
		byte[] buffer = new byte[8192];
		try (InputStream source = this.pipe) {
			for (int n = source.read(buffer); n >= 0 && deliver(buffer, n); n = source.read(buffer)) {
				this.lastMove = System.nanoTime();
			}
		}
		catch (IOException | UncheckedIOException ex) {
			logger.debug("An output of a child ends: its reader or its pipe was closed.", ex);
		}
		finally {
			end();
			this.over.countDown();
		}
	}

	/**
	 * Delivers what is in the pipe and ends, whoever else holds the pipe. Blocks for a
	 * bounded time.
	 */
	void finish() throws InterruptedException {
		long begin = System.nanoTime();
		this.lastMove = begin;
		long wait = QUIET_NANOS;
		while (wait > 0 && !this.over.await(wait, TimeUnit.NANOSECONDS)) {
			long now = System.nanoTime();
			wait = Math.min(this.lastMove + QUIET_NANOS, begin + FINISH_NANOS) - now;
		}
		if (this.over.getCount() > 0) {
			this.unblockSink.run();
			end();
			closePipe();
		}
	}

	private boolean deliver(byte[] buffer, int length) {
		this.turn.lock();
		try {
			if (!this.ended && length > 0) {
				this.sink.accept(buffer, 0, length);
			}
			return !this.ended;
		}
		finally {
			this.turn.unlock();
		}
	}

	private void end() {
		this.turn.lock();
		try {
			if (!this.ended) {
				this.ended = true;
				this.sink.end();
			}
		}
		finally {
			this.turn.unlock();
		}
	}

	private void closePipe() {
		try {
			this.pipe.close();
		}
		catch (IOException ex) {
			logger.debug("An output of a child could not be closed.", ex);
		}
	}

}
