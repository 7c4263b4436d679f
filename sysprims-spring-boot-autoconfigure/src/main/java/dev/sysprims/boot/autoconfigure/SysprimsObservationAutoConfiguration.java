package dev.sysprims.boot.autoconfigure;

import dev.sysprims.boot.metrics.JobNames;
import dev.sysprims.boot.observation.DefaultJobObservationConvention;
import dev.sysprims.boot.observation.JobObservationConvention;
import dev.sysprims.boot.observation.ObservedJobs;
import dev.sysprims.supervisor.ProcessSupervisor;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the observation {@code sysprims.job.run}. A bean of type
 * {@link JobObservationConvention} says what it carries.
 */
@AutoConfiguration(after = SysprimsAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration")
@ConditionalOnBooleanProperty(name = "sysprims.enabled", matchIfMissing = true)
@ConditionalOnClass(ObservationRegistry.class)
@ConditionalOnBean(ObservationRegistry.class)
@ConditionalOnSingleCandidate(ProcessSupervisor.class)
public final class SysprimsObservationAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	ObservedJobs sysprimsObservedJobs(ObservationRegistry registry, SysprimsProperties properties,
			ObjectProvider<JobObservationConvention> convention) {
		JobNames names = new JobNames(properties.metrics().maxJobNames());
		return new ObservedJobs(registry, new DefaultJobObservationConvention(names), convention.getIfAvailable());
	}

}
