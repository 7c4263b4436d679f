package dev.sysprims.boot.lifecycle;

import java.time.Duration;
import java.util.List;

import dev.sysprims.process.PlatformInfo;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Ends all jobs when the application context stops: after the web server has let its
 * requests finish, which may need their jobs, and before the executors are stopped, whose
 * tasks may wait for a job.
 * <p>
 * A context that is merely paused keeps its jobs.
 */
public final class ProcessSupervisorLifecycle implements SmartLifecycle {

	/**
	 * Between the web server's graceful shutdown ({@code DEFAULT_PHASE - 1024}) and its
	 * stop ({@code DEFAULT_PHASE - 2048}). Task executors and schedulers stop later, at
	 * {@code Integer.MAX_VALUE / 2}.
	 */
	public static final int PHASE = DEFAULT_PHASE - 1536;

	private static final Logger logger = LoggerFactory.getLogger(ProcessSupervisorLifecycle.class);

	private final ProcessSupervisor supervisor;

	private final ListenerDelivery delivery;

	private final ShutdownBudget budget;

	private volatile boolean running;

	/**
	 * Stops this supervisor with the context.
	 * @param supervisor what to stop
	 * @param delivery whether its listeners have heard of all ends
	 * @param budget how long that may take
	 */
	public ProcessSupervisorLifecycle(ProcessSupervisor supervisor, ListenerDelivery delivery, ShutdownBudget budget) {
		this.supervisor = supervisor;
		this.delivery = delivery;
		this.budget = budget;
	}

	/**
	 * Says what was found on this system. The supervisor itself has worked since it was
	 * made.
	 * @throws IllegalStateException when the supervisor is closed: one that was stopped
	 * with its context cannot come back
	 */
	@Override
	public void start() {
		if (this.supervisor.isClosed()) {
			throw new IllegalStateException("The ProcessSupervisor is closed and cannot be started again. "
					+ "Stopping a context ends its jobs for good; make a new context.");
		}
		report(this.supervisor.platform());
		this.running = true;
	}

	private static void report(PlatformInfo platform) {
		String reliability = platform.treeKillReliability().contractName();
		if ("jdk".equals(platform.backend())) {
			logger.warn("sysprims works with its fallback backend 'jdk' (containment {}, reliability {}). {}",
					platform.containment(), reliability, sentences(platform.warnings()));
		}
		else {
			logger.info("sysprims supervises process trees on {} {} with backend '{}', containment {}, reliability {}",
					platform.os(), platform.arch(), platform.backend(), platform.containment(), reliability);
		}
	}

	private static String sentences(List<String> warnings) {
		return String.join(" ", warnings);
	}

	/** Ends all trees and waits for that and for the listeners, within the budget. */
	@Override
	public void stop() {
		long start = System.nanoTime();
		long active = this.supervisor.totals().active();
		if (active > 0) {
			logger.info("Ending {} job(s) within {}", active, this.budget.trees());
		}
		try {
			this.supervisor.close(this.budget.trees());
			awaitListeners(this.budget.listeners().minusNanos(System.nanoTime() - start));
		}
		finally {
			this.running = false;
		}
	}

	private void awaitListeners(Duration patience) {
		try {
			long untold = this.delivery.await(patience);
			if (untold > 0) {
				logger.warn("Listeners have not taken the end of {} job(s) within the shutdown phase; "
						+ "what they use may be gone when they do", untold);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Ends all trees without holding up the other beans of this phase.
	 * @param callback called when that is over, however it went
	 */
	@Override
	public void stop(Runnable callback) {
		new Thread(() -> {
			try {
				stop();
			}
			catch (RuntimeException ex) {
				logger.error("Not all jobs could be ended; the supervisor's close is tried again when its bean is "
						+ "destroyed.", ex);
			}
			finally {
				callback.run();
			}
		}, "sysprims-stop").start();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * Whether pausing a context stops this.
	 * @return false: a test context that is put aside in the cache keeps its children
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
