package dev.sysprims.sample.documentation;

import dev.sysprims.boot.autoconfigure.ProcessSupervisorBuilderCustomizer;
import dev.sysprims.boot.autoconfigure.SysprimsAutoConfiguration;
import dev.sysprims.boot.observation.JobObservationContext;
import dev.sysprims.boot.observation.JobObservationConvention;
import dev.sysprims.supervisor.ProcessSupervisor;
import io.micrometer.common.KeyValues;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of docs/configuration.md and docs/metrics.md, started;
 * {@link DocumentationTests} compares them.
 */
class ConfigurationExamplesTests {

	@Test
	void theBeansOfTheExamplesWorkTogether() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SysprimsAutoConfiguration.class))
			.withUserConfiguration(Beans.class)
			.run((context) -> {
				assertThat(context).hasSingleBean(ProcessSupervisor.class).hasBean("supervisor");
				assertThat(context.getBean(JobObservationConvention.class).getName()).isEqualTo("tools");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		ThreadPoolTaskExecutor callbacks() {
			return new ThreadPoolTaskExecutor();
		}

		@Bean
		ProcessSupervisorBuilderCustomizer ownExecutor(ThreadPoolTaskExecutor callbacks) {
			return (builder) -> builder.executor(callbacks);
		}

		@Bean
		ProcessSupervisor supervisor(ProcessSupervisor.Builder builder) {
			return builder.historySize(1_000).build();
		}

		@Bean
		JobObservationConvention jobConvention() {
			return new JobObservationConvention() {

				@Override
				public String getName() {
					return "tools";
				}

				@Override
				public KeyValues getLowCardinalityKeyValues(JobObservationContext context) {
					return KeyValues.of("tool", context.spec().name());
				}

			};
		}

	}

}
