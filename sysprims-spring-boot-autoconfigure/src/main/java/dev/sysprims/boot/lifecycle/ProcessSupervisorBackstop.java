package dev.sysprims.boot.lifecycle;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * Ends every supervisor of a context, within the budget, where no orderly stop does: when
 * the refresh fails before the lifecycle beans are started, and when the JVM shuts down
 * while its context cannot be closed, such as by {@code System.exit} inside the refresh.
 */
public final class ProcessSupervisorBackstop
		implements DestructionAwareBeanPostProcessor, ApplicationListener<ContextRefreshedEvent> {

	private final Map<ProcessSupervisor, GuardedSupervisor> guarded = new ConcurrentHashMap<>();

	private final Supplier<ShutdownBudget> budget;

	private volatile boolean refreshed;

	/**
	 * Guards all supervisors of a bean factory.
	 * @param budget how long ending may take; asked when a supervisor is made
	 */
	public ProcessSupervisorBackstop(Supplier<ShutdownBudget> budget) {
		this.budget = budget;
	}

	/**
	 * Guards a supervisor, before anybody wraps it into a proxy: its destruction hands
	 * over the bean itself.
	 */
	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof ProcessSupervisor supervisor) {
			GuardedSupervisor guard = new GuardedSupervisor(supervisor, this.budget.get());
			this.guarded.put(supervisor, guard);
			guard.guard(!this.refreshed);
		}
		return bean;
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		this.refreshed = true;
		this.guarded.values().forEach(GuardedSupervisor::refreshed);
	}

	@Override
	public boolean requiresDestruction(Object bean) {
		return bean instanceof ProcessSupervisor;
	}

	@Override
	public void postProcessBeforeDestruction(Object bean, String beanName) {
		GuardedSupervisor guard = this.guarded.remove(bean);
		if (guard != null) {
			guard.destroyed();
		}
	}

}
