package dev.sysprims.os.posix;

import java.util.function.BooleanSupplier;

import dev.sysprims.os.Sweeper;

/**
 * Asks again and again whether a process has exited, after 1 ms first and every 50 ms at
 * last. Where no event is to be had; on the sweeper's timers, so that it costs no thread.
 */
public final class ExitPoll {

	private static final long FIRST_NANOS = 1_000_000;

	private static final long LAST_NANOS = 50_000_000;

	private final Sweeper sweeper;

	private final BooleanSupplier exited;

	private volatile boolean cancelled;

	private ExitPoll(Sweeper sweeper, BooleanSupplier exited) {
		this.sweeper = sweeper;
		this.exited = exited;
	}

	/**
	 * Begins to ask.
	 * @param sweeper whose timers are used
	 * @param exited asked on the sweeper until it says true, which it may act upon
	 * @return the poll
	 */
	public static ExitPoll start(Sweeper sweeper, BooleanSupplier exited) {
		ExitPoll poll = new ExitPoll(sweeper, exited);
		sweeper.execute(() -> poll.ask(FIRST_NANOS));
		return poll;
	}

	/** Asks no more. */
	public void cancel() {
		this.cancelled = true;
	}

	private void ask(long delay) {
		if (!this.cancelled && !this.exited.getAsBoolean()) {
			this.sweeper.schedule(this.sweeper.nanoTime() + delay, () -> ask(Math.min(delay * 2, LAST_NANOS)));
		}
	}

}
