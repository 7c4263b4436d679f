package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of one job on their way to its callbacks: a bounded queue over both streams.
 * When it overflows the oldest line is dropped and counted, so that a slow callback holds
 * up neither the program nor the job's end. Thread-safe.
 */
final class LineFeed {

	private static final Logger logger = LoggerFactory.getLogger(LineFeed.class);

	/** Long lines must not make a queue of few lines large. */
	private static final int MOST_CHARACTERS = 4 << 20;

	/** How many lines a job hands over before others have their turn. */
	private static final int BATCH = 128;

	private final Deque<Line> queue = new ArrayDeque<>();

	private final Executor serial;

	private final int size;

	private final String owner;

	private long characters;

	private long dropped;

	private @Nullable CompletableFuture<Void> delivered;

	private volatile @Nullable Thread delivering;

	/**
	 * An empty feed.
	 * @param serial runs callbacks one after the other
	 * @param size how many lines may wait
	 * @param owner whose lines they are, for the log
	 */
	LineFeed(Executor serial, int size, String owner) {
		this.serial = serial;
		this.size = size;
		this.owner = owner;
	}

	/**
	 * Takes a line; never waits.
	 * @param consumer whom it is for
	 * @param text the line
	 */
	void offer(Consumer<String> consumer, String text) {
		synchronized (this.queue) {
			this.queue.add(new Line(consumer, text));
			this.characters += text.length();
			while (this.queue.size() > this.size || (this.characters > MOST_CHARACTERS && this.queue.size() > 1)) {
				this.characters -= this.queue.remove().text.length();
				this.dropped++;
			}
			if (this.delivered != null) {
				return;
			}
			this.delivered = new CompletableFuture<>();
		}
		this.serial.execute(this::deliver);
	}

	/**
	 * How many lines were lost.
	 * @return lines that no callback got
	 */
	long dropped() {
		synchronized (this.queue) {
			return this.dropped;
		}
	}

	/**
	 * Waits a moment until the lines that are here have been delivered. A slower callback
	 * is not waited for, nor an interrupt swallowed.
	 * @param patience how long
	 */
	void awaitDelivery(Duration patience) {
		CompletableFuture<Void> pending;
		synchronized (this.queue) {
			pending = this.delivered;
		}
		if (pending == null || this.delivering == Thread.currentThread()) {
			return;
		}
		try {
			pending.get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.debug("Lines of {} are still on their way to a slow callback.", this.owner);
		}
	}

	private void deliver() {
		this.delivering = Thread.currentThread();
		CompletableFuture<Void> done = null;
		for (int i = 0; i < BATCH && done == null; i++) {
			Line line;
			synchronized (this.queue) {
				line = this.queue.poll();
				if (line != null) {
					this.characters -= line.text.length();
				}
				else {
					done = this.delivered;
					this.delivered = null;
				}
			}
			if (line != null) {
				hand(line);
			}
		}
		this.delivering = null;
		if (done != null) {
			done.complete(null);
		}
		else {
			this.serial.execute(this::deliver);
		}
	}

	private void hand(Line line) {
		try {
			line.consumer.accept(line.text);
		}
		catch (Throwable ex) {
			// User code may throw anything, and the next line must still come.
			logger.error("The line callback of {} failed.", this.owner, ex);
		}
	}

	private record Line(Consumer<String> consumer, String text) {

	}

}
