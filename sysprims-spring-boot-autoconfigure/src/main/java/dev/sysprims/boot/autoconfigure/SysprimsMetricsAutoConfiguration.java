package dev.sysprims.boot.autoconfigure;

import dev.sysprims.boot.metrics.JobMetrics;
import dev.sysprims.boot.metrics.JobNames;
import dev.sysprims.boot.metrics.ProcessSupervisorMetrics;
import dev.sysprims.supervisor.ProcessSupervisor;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the meters {@code sysprims.*}. */
@AutoConfiguration(after = SysprimsAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "sysprims.enabled", matchIfMissing = true)
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean(MeterRegistry.class)
@ConditionalOnSingleCandidate(ProcessSupervisor.class)
public final class SysprimsMetricsAutoConfiguration {

	/** A listener, so that no job is missed: the supervisor is built with it. */
	@Bean
	@ConditionalOnMissingBean
	JobMetrics sysprimsJobMetrics(MeterRegistry registry, SysprimsProperties properties) {
		return new JobMetrics(registry, new JobNames(properties.metrics().maxJobNames()));
	}

	@Bean
	@ConditionalOnMissingBean
	ProcessSupervisorMetrics processSupervisorMetrics(ProcessSupervisor supervisor) {
		return new ProcessSupervisorMetrics(supervisor);
	}

}
