package dev.sysprims.supervisor;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.sysprims.os.Sweeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings user code to the executor it belongs on, and never loses it: what that executor
 * rejects, or would run on the calling thread (which may be one of the library's own),
 * runs on {@link CallbackThreads}. Never throws.
 */
final class CallbackExecutor implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(CallbackExecutor.class);

	private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

	private final @Nullable Executor given;

	private final Sweeper sweeper;

	private final Executor own;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * An executor in front of another.
	 * @param given the user's, or null for our own threads
	 * @param sweeper whose timers are used when no thread is to be had
	 */
	CallbackExecutor(@Nullable Executor given, Sweeper sweeper) {
		this(given, sweeper, new CallbackThreads());
	}

	CallbackExecutor(@Nullable Executor given, Sweeper sweeper, Executor own) {
		this.given = given;
		this.sweeper = sweeper;
		this.own = own;
	}

	@Override
	public void execute(Runnable task) {
		Attempt attempt = new Attempt(task);
		if (this.given == null || !attempt.offerTo(this.given)) {
			runOnOwnThreads(attempt);
		}
	}

	private void runOnOwnThreads(Attempt attempt) {
		try {
			this.own.execute(attempt);
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			// "unable to create native thread": nothing may be lost for that, so try
			// again.
			logger.warn("No thread for a callback; trying again. Raise the limit of threads or use fewer.", ex);
			this.sweeper.schedule(this.sweeper.nanoTime() + RETRY_NANOS, () -> runOnOwnThreads(attempt));
		}
	}

	private void warn(String what, @Nullable Throwable reason) {
		if (this.warned.compareAndSet(false, true)) {
			logger
				.warn("The executor given to the supervisor {}. Such callbacks run on threads of the supervisor's own;"
						+ " this is said once.", what, reason);
		}
		else {
			logger.debug("The executor given to the supervisor {}.", what, reason);
		}
	}

	/** A task on its way, run once at most: an executor may keep what it refused. */
	private final class Attempt implements Runnable {

		private final Runnable task;

		private final AtomicBoolean taken = new AtomicBoolean();

		private @Nullable Thread offering;

		private boolean declined;

		Attempt(Runnable task) {
			this.task = task;
		}

		boolean offerTo(Executor executor) {
			this.offering = Thread.currentThread();
			try {
				executor.execute(this);
			}
			catch (RuntimeException | Error ex) {
				warn("rejected a callback", ex);
				return this.taken.get();
			}
			finally {
				this.offering = null;
			}
			if (this.declined) {
				warn("would run a callback in its caller's thread", null);
			}
			return !this.declined;
		}

		@Override
		public void run() {
			if (Thread.currentThread() == this.offering) {
				this.declined = true;
			}
			else if (this.taken.compareAndSet(false, true)) {
				this.task.run();
			}
		}

	}

}
