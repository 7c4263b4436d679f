package dev.sysprims.boot.autoconfigure;

import dev.sysprims.boot.health.ProcessSupervisorHealthIndicator;
import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the health indicator {@code sysprims}. */
@AutoConfiguration(after = SysprimsAutoConfiguration.class,
		beforeName = "org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration")
@ConditionalOnBooleanProperty(name = "sysprims.enabled", matchIfMissing = true)
@ConditionalOnClass(ConditionalOnEnabledHealthIndicator.class)
@ConditionalOnSingleCandidate(ProcessSupervisor.class)
@ConditionalOnEnabledHealthIndicator("sysprims")
public final class SysprimsHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = "sysprimsHealthIndicator")
	ProcessSupervisorHealthIndicator sysprimsHealthIndicator(ProcessSupervisor supervisor) {
		return new ProcessSupervisorHealthIndicator(supervisor);
	}

}
