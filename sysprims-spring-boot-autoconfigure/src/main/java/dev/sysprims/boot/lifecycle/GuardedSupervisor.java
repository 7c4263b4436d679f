package dev.sysprims.boot.lifecycle;

import dev.sysprims.supervisor.ProcessSupervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationShutdownHandlers;

/**
 * One supervisor that is closed however its application ends. While its context is being
 * refreshed that is done by a JVM shutdown hook: nothing is served yet that could need
 * its jobs, and Spring cannot close the context before the refresh is over, which may be
 * waiting for one of these jobs. Later it is done by a shutdown handler of the
 * application, which runs after the contexts have been closed; a hook, which runs beside
 * all others, would end jobs while the web server still drains.
 */
final class GuardedSupervisor {

	private static final Logger logger = LoggerFactory.getLogger(GuardedSupervisor.class);

	private final ProcessSupervisor supervisor;

	private final ShutdownBudget budget;

	private final SpringApplicationShutdownHandlers handlers = SpringApplication.getShutdownHandlers();

	/** Kept, for a handler is removed by its identity. */
	private final Runnable handler = this::close;

	private final Thread hook = new Thread(this::close, "sysprims-refresh-guard");

	GuardedSupervisor(ProcessSupervisor supervisor, ShutdownBudget budget) {
		this.supervisor = supervisor;
		this.budget = budget;
	}

	void guard(boolean refreshing) {
		this.handlers.add(this.handler);
		if (refreshing) {
			Runtime.getRuntime().addShutdownHook(this.hook);
		}
	}

	void refreshed() {
		unlessShuttingDown(() -> Runtime.getRuntime().removeShutdownHook(this.hook));
	}

	void destroyed() {
		close();
		unlessShuttingDown(() -> Runtime.getRuntime().removeShutdownHook(this.hook));
		unlessShuttingDown(() -> this.handlers.remove(this.handler));
	}

	/**
	 * Closes within the budget. Neither the destruction of other beans nor other hooks
	 * and handlers stop at a failure here.
	 */
	private void close() {
		try {
			this.supervisor.close(this.budget.trees());
		}
		catch (RuntimeException ex) {
			logger.error("Not all jobs could be ended", ex);
		}
	}

	/**
	 * A JVM that shuts down has fixed its hooks and handlers: they find the supervisor
	 * closed.
	 */
	private static void unlessShuttingDown(Runnable removal) {
		try {
			removal.run();
		}
		catch (IllegalStateException ex) {
			logger.trace("The JVM is shutting down", ex);
		}
	}

}
