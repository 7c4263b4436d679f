package dev.sysprims.os.posix;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before something that keeps dying is started once more: not at all
 * after it lived for a while, else from 1 s on twice as long each time.
 */
final class RestartDelay {

	private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(60);

	/** Who lived so long is no loop. */
	private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(10);

	private long startedAt;

	private boolean running;

	private long delay;

	void started(long now) {
		this.startedAt = now;
		this.running = true;
	}

	/**
	 * It has ended, or could not be started.
	 * @return nanoseconds to wait
	 */
	long next(long now) {
		if (this.running && (this.delay == 0 || now - this.startedAt >= SETTLED_NANOS)) {
			this.running = false;
			this.delay = FIRST_NANOS;
			return 0;
		}
		this.running = false;
		long due = Math.max(this.delay, FIRST_NANOS);
		this.delay = Math.min(due * 2, LAST_NANOS);
		return due;
	}

}
