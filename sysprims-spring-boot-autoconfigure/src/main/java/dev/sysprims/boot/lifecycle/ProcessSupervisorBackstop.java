package dev.sysprims.boot.lifecycle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.sysprims.supervisor.ProcessSupervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringApplicationShutdownHandlers;

/**
 * Ends every supervisor of a context where no orderly stop does: a refresh that failed
 * before the lifecycle beans were started destroys the bean, and a JVM that shuts down
 * while its context cannot be closed (a {@code System.exit} inside the refresh) runs the
 * application's shutdown handlers. Those run after the contexts have been closed, unlike
 * a JVM shutdown hook, which would end jobs while the web server still drains.
 */
public final class ProcessSupervisorBackstop implements DestructionAwareBeanPostProcessor {

	private static final Logger logger = LoggerFactory.getLogger(ProcessSupervisorBackstop.class);

	private final SpringApplicationShutdownHandlers shutdownHandlers = SpringApplication.getShutdownHandlers();

	private final Map<ProcessSupervisor, Runnable> guarded = new ConcurrentHashMap<>();

	private final Supplier<ShutdownBudget> budget;

	/**
	 * Guards all supervisors of a bean factory.
	 * @param budget how long ending may take; asked when a supervisor is made
	 */
	public ProcessSupervisorBackstop(Supplier<ShutdownBudget> budget) {
		this.budget = budget;
	}

	/**
	 * Before anybody wraps the bean into a proxy: its destruction hands over the bean
	 * itself.
	 */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof ProcessSupervisor supervisor) {
			ShutdownBudget budget = this.budget.get();
			Runnable close = () -> close(supervisor, budget);
			this.guarded.put(supervisor, close);
			this.shutdownHandlers.add(close);
		}
		return bean;
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof ProcessSupervisor;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		Runnable close = this.guarded.remove(bean);
		if (close != null) {
			close.run();
			forget(close);
		}
	}

	private static void close(ProcessSupervisor supervisor, ShutdownBudget budget) {
		try {
			supervisor.close(budget.trees());
		}
		catch (RuntimeException ex) {
			// Neither the destruction of other beans nor other shutdown handlers stop
			// here.
			logger.error("Not all jobs could be ended", ex);
		}
	}

	private void forget(Runnable close) {
		try {
			this.shutdownHandlers.remove(close);
		}
		catch (IllegalStateException ex) {
			// The JVM is shutting down and its handlers are fixed: this one finds the
			// supervisor closed.
			logger.trace("The shutdown handler stays", ex);
		}
	}

}
