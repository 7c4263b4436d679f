package dev.sysprims.tree;

import java.time.Duration;
import java.util.function.Predicate;

import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the trees whose members can leave looked over while they live, so that whoever was
 * seen once is known at the end. Soon after a start, then ever more seldom while nothing
 * new is seen; fed by the scans of others too. Thread-safe.
 */
final class Ledger {

	static final Duration SOONEST = Duration.ofMillis(5);

	static final Duration LATEST = Duration.ofSeconds(30);

	/** A look costs this part of the time until the next: half a percent of a core. */
	static final int SPACING = 200;

	/**
	 * But one look that took long, of a cold JVM or on a loaded machine, does not make it
	 * blind for longer than this after something new was seen or started.
	 */
	static final Duration LONGEST_SPACING = Duration.ofSeconds(1);

	private static final Logger logger = LoggerFactory.getLogger(Ledger.class);

	private final Sweeper sweeper;

	/** Writes down what a table shows; says whether that was news. */
	private final Predicate<ProcessTable> writer;

	private int followed;

	private boolean more;

	private long interval = SOONEST.toNanos();

	private long notBefore = Long.MIN_VALUE;

	private boolean armed;

	private long due;

	private Runnable cancel = () -> {
	};

	Ledger(Sweeper sweeper, Predicate<ProcessTable> writer) {
		this.sweeper = sweeper;
		this.writer = writer;
	}

	/** One more tree whose members can leave. */
	synchronized void follow() {
		this.followed++;
		this.interval = SOONEST.toNanos();
		arm();
	}

	/**
	 * One of them is over.
	 * @param more whether there is something to look after all the same
	 */
	synchronized void unfollow(boolean more) {
		this.followed--;
		this.more |= more;
		if (!hasWork()) {
			disarm();
		}
	}

	/** A table that somebody else has asked for: reading it is free. */
	void offer(ProcessTable table) {
		write(table, this.sweeper.nanoTime());
	}

	private boolean hasWork() {
		return this.followed > 0 || this.more;
	}

	private void arm() {
		long now = this.sweeper.nanoTime();
		long moment = now + this.interval;
		if (this.notBefore != Long.MIN_VALUE && this.notBefore - moment > 0) {
			moment = this.notBefore;
		}
		if (!this.armed || moment - this.due < 0) {
			disarm();
			this.armed = true;
			this.due = moment;
			this.cancel = this.sweeper.schedule(moment, this::look);
		}
	}

	private void disarm() {
		this.armed = false;
		this.cancel.run();
	}

	private void look() {
		synchronized (this) {
			this.armed = false;
		}
		long asked = this.sweeper.nanoTime();
		this.sweeper.scan((table) -> write(table, asked), (reason) -> failed(reason, asked));
	}

	private void write(ProcessTable table, long asked) {
		synchronized (this) {
			if (!hasWork() || (this.notBefore != Long.MIN_VALUE && asked - this.notBefore < 0)) {
				return;
			}
			this.more = false;
		}
		wrote(this.writer.test(table), asked);
	}

	private synchronized void wrote(boolean news, long asked) {
		long now = this.sweeper.nanoTime();
		this.notBefore = now + Math.min(SPACING * (now - asked), LONGEST_SPACING.toNanos());
		this.interval = news ? SOONEST.toNanos() : Math.min(this.interval * 2, LATEST.toNanos());
		disarm();
		if (hasWork()) {
			arm();
		}
	}

	private void failed(SysprimsException reason, long asked) {
		logger.debug("Live trees could not be looked over", reason);
		wrote(false, asked);
	}

	/** Members of trees that are over are to be looked after. */
	synchronized void goOn() {
		this.more = true;
		arm();
	}

}
