package dev.sysprims.boot.autoconfigure;

import java.time.Duration;

import dev.sysprims.boot.lifecycle.ListenerDelivery;
import dev.sysprims.boot.lifecycle.ProcessSupervisorBackstop;
import dev.sysprims.boot.lifecycle.ProcessSupervisorLifecycle;
import dev.sysprims.boot.lifecycle.ShutdownBudget;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/**
 * Auto-configuration of a {@link ProcessSupervisor} that lives and ends with the
 * application context. Whoever needs another one injects the configured
 * {@link ProcessSupervisor.Builder}; a bean of that type replaces this one.
 */
@AutoConfiguration(after = LifecycleAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sysprims.enabled", matchIfMissing = true)
@EnableConfigurationProperties(SysprimsProperties.class)
public final class SysprimsAutoConfiguration {

	/**
	 * What {@code DefaultLifecycleProcessor} waits for a phase where Boot does not set
	 * it.
	 */
	private static final Duration SPRING_PHASE_TIMEOUT = Duration.ofSeconds(10);

	@Bean
	@Scope("prototype")
	@ConditionalOnMissingBean
	ProcessSupervisor.Builder processSupervisorBuilder(SysprimsProperties properties,
			ObjectProvider<JobListener> listeners, ObjectProvider<ProcessSupervisorBuilderCustomizer> customizers,
			ListenerDelivery delivery) {
		ProcessSupervisor.Builder builder = ProcessSupervisor.builder()
			.graceTimeout(properties.graceTimeout())
			.killTimeout(properties.killTimeout())
			.containment(properties.containment())
			.subreaper(properties.subreaper())
			.endJobsWithJvm(properties.endJobsWithJvm())
			.historySize(properties.historySize())
			.tailSize(Math.toIntExact(properties.output().tailSize().toBytes()))
			.lineQueueSize(properties.output().lineQueueSize())
			// JVM shutdown hooks run in no order: the core's would end jobs while the web
			// server still drains. The lifecycle and the backstop close the supervisor.
			.shutdownHook(false);
		listeners.orderedStream().filter((listener) -> listener != delivery).forEach(builder::listener);
		customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
		return builder.listener(delivery);
	}

	@Bean
	@ConditionalOnMissingBean
	ListenerDelivery sysprimsListenerDelivery() {
		return new ListenerDelivery();
	}

	@Bean
	@ConditionalOnMissingBean
	ProcessSupervisor processSupervisor(ProcessSupervisor.Builder builder) {
		return builder.build();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(ProcessSupervisor.class)
	ProcessSupervisorLifecycle processSupervisorLifecycle(ProcessSupervisor supervisor, ListenerDelivery delivery,
			ObjectProvider<LifecycleProperties> lifecycle) {
		return new ProcessSupervisorLifecycle(supervisor, delivery, budget(lifecycle));
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	static ProcessSupervisorBackstop processSupervisorBackstop(ObjectProvider<LifecycleProperties> lifecycle) {
		return new ProcessSupervisorBackstop(() -> budget(lifecycle));
	}

	private static ShutdownBudget budget(ObjectProvider<LifecycleProperties> lifecycle) {
		LifecycleProperties properties = lifecycle.getIfAvailable();
		return ShutdownBudget.of((properties != null) ? properties.getTimeoutPerShutdownPhase() : SPRING_PHASE_TIMEOUT);
	}

}
