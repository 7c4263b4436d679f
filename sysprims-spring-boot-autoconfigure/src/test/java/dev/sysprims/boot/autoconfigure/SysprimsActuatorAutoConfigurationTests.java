package dev.sysprims.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.sysprims.boot.actuate.SysprimsEndpoint;
import dev.sysprims.boot.actuate.SysprimsEndpointWebExtension;
import dev.sysprims.boot.fixture.FakeSupervisor;
import dev.sysprims.boot.health.ProcessSupervisorHealthIndicator;
import dev.sysprims.boot.metrics.JobMetrics;
import dev.sysprims.boot.metrics.JobNames;
import dev.sysprims.boot.metrics.ProcessSupervisorMetrics;
import dev.sysprims.boot.observation.JobObservationContext;
import dev.sysprims.boot.observation.JobObservationConvention;
import dev.sysprims.boot.observation.ObservedJobs;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

import static org.assertj.core.api.Assertions.assertThat;

/** What Actuator and Micrometer get, and that none of them has to be there. */
class SysprimsActuatorAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SysprimsAutoConfiguration.class,
				SysprimsEndpointAutoConfiguration.class, SysprimsHealthContributorAutoConfiguration.class,
				SysprimsMetricsAutoConfiguration.class, SysprimsObservationAutoConfiguration.class));

	private final ApplicationContextRunner withActuator = this.runner
		.withConfiguration(
				AutoConfigurations.of(MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
						SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class,
						HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=sysprims");

	/**
	 * As an application finds them: Boot leaves auto-configurations out by their recorded
	 * conditions, before any of their classes or annotations is loaded.
	 */
	private final ApplicationContextRunner asFoundByBoot = new ApplicationContextRunner()
		.withUserConfiguration(FoundByBoot.class);

	@Test
	void everythingIsThereWithActuator() {
		this.withActuator.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(SysprimsEndpoint.class)
			.hasSingleBean(SysprimsEndpointWebExtension.class)
			.hasSingleBean(ProcessSupervisorHealthIndicator.class)
			.hasSingleBean(JobMetrics.class)
			.hasSingleBean(ProcessSupervisorMetrics.class)
			.hasSingleBean(ObservedJobs.class));
	}

	@Test
	void nothingIsThereWhenItIsSwitchedOffEvenBesideASupervisorOfTheApplication() {
		this.withActuator.withPropertyValues("sysprims.enabled=false")
			.withBean(ProcessSupervisor.class, FakeSupervisor::new)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SysprimsEndpoint.class)
				.doesNotHaveBean(ProcessSupervisorHealthIndicator.class)
				.doesNotHaveBean(JobMetrics.class)
				.doesNotHaveBean(ObservedJobs.class));
	}

	@Test
	void itStartsWithoutActuator() {
		this.asFoundByBoot.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProcessSupervisor.class)
				.doesNotHaveBean("sysprimsEndpoint")
				.hasSingleBean(JobMetrics.class));
	}

	@Test
	void itStartsWithoutHealth() {
		this.asFoundByBoot.withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProcessSupervisor.class)
				.doesNotHaveBean("sysprimsHealthIndicator"));
	}

	@Test
	void itStartsWithoutMicrometer() {
		this.asFoundByBoot.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ProcessSupervisor.class)
				.doesNotHaveBean("sysprimsJobMetrics")
				.doesNotHaveBean("sysprimsObservedJobs"));
	}

	@Test
	void itStartsWithNothingButSpring() {
		this.asFoundByBoot
			.withClassLoader(new FilteredClassLoader("io.micrometer", "org.springframework.boot.actuate",
					"org.springframework.boot.health", "org.springframework.boot.micrometer",
					"org.springframework.boot.web", "org.springframework.web", "jakarta.servlet", "tools.jackson",
					"com.fasterxml.jackson"))
			.run((context) -> {
				assertThat(context).hasNotFailed().hasSingleBean(ProcessSupervisor.class);
				assertThat(context.getBean(ProcessSupervisor.class).run(JobSpec.command("true").build()).exitCode())
					.isZero();
			});
	}

	@Test
	void itStartsWithMicrometersClassesButWithoutARegistry() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.doesNotHaveBean(JobMetrics.class)
			.doesNotHaveBean(ProcessSupervisorMetrics.class)
			.doesNotHaveBean(ObservedJobs.class));
	}

	@Test
	void theEndpointIsThereOnlyWhereItIsExposed() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SysprimsEndpoint.class));
		this.runner.withPropertyValues("management.endpoints.jmx.exposure.include=sysprims", "spring.jmx.enabled=true")
			.run((context) -> assertThat(context).hasSingleBean(SysprimsEndpoint.class)
				.doesNotHaveBean(SysprimsEndpointWebExtension.class));
	}

	@Test
	void beansOfTheApplicationComeFirst() {
		SimpleMeterRegistry elsewhere = new SimpleMeterRegistry();
		JobMetrics metrics = new JobMetrics(elsewhere, new JobNames(1));
		this.withActuator.withBean(JobMetrics.class, () -> metrics)
			.withBean("sysprimsHealthIndicator", HealthIndicator.class, () -> () -> Health.unknown().build())
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(ProcessSupervisorHealthIndicator.class);
				assertThat(context.getBean(JobMetrics.class)).isSameAs(metrics);
			});
	}

	@Test
	void theHealthIndicatorIsCalledSysprimsAndCanBeSwitchedOff() {
		this.withActuator
			.run((context) -> assertThat(context.getBean(HealthContributorRegistry.class).getContributor("sysprims"))
				.isInstanceOf(ProcessSupervisorHealthIndicator.class));
		this.withActuator.withPropertyValues("management.health.sysprims.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ProcessSupervisorHealthIndicator.class));
	}

	@Test
	void aRealJobReachesMetersAndObservations() {
		this.withActuator.run((context) -> {
			ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
			supervisor.run(JobSpec.command("/bin/sh", "-c", "exit 3").name("broken").build());
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("sysprims.jobs.started").functionCounter().count()).isOne();
			assertThat(registry.get("sysprims.jobs.active").gauge().value()).isZero();
			ProcessFixture.awaitTrue(
					() -> registry.find("sysprims.job.run").timer() != null
							&& registry.find("sysprims.jobs").timer() != null,
					"the listeners were not told of the end");
			assertThat(registry.get("sysprims.spawn").timer().count()).isOne();
			assertThat(registry.get("sysprims.jobs").tags("name", "broken", "outcome", "failed").timer().count())
				.isOne();
			assertThat(registry.get("sysprims.job.run").timer().getId().getTags()).containsExactlyInAnyOrder(
					Tag.of("name", "broken"), Tag.of("outcome", "failed"), Tag.of("error", "UnsuccessfulJobException"));
		});
	}

	@Test
	void aConventionOfTheApplicationNamesTheObservation() {
		this.withActuator.withBean(JobObservationConvention.class, () -> new JobObservationConvention() {
			@Override
			public String getName() {
				return "tools";
			}

			@Override
			public String getContextualName(JobObservationContext context) {
				return "tool";
			}
		}).run((context) -> {
			context.getBean(ProcessSupervisor.class).run(JobSpec.command("true").build());
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			ProcessFixture.awaitTrue(() -> registry.find("tools").timer() != null, "the convention was not asked");
			assertThat(registry.find("sysprims.job.run").timer()).isNull();
		});
	}

	@Test
	void theLimitOfNamesIsConfigurable() {
		this.withActuator.withPropertyValues("sysprims.metrics.max-job-names=1").run((context) -> {
			ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			for (String name : new String[] { "first", "second", "third" }) {
				supervisor.run(JobSpec.command("true").name(name).build());
			}
			ProcessFixture.awaitTrue(() -> registry.find("sysprims.jobs")
				.timers()
				.stream()
				.mapToLong((timer) -> timer.count())
				.sum() == 3, "the listeners were not told of all ends");
			assertThat(registry.get("sysprims.jobs").timers()).extracting((timer) -> timer.getId().getTag("name"))
				.containsExactlyInAnyOrder("first", "other");
		});
	}

	@Configuration(proxyBeanMethods = false)
	@Import(OursOnly.class)
	static class FoundByBoot {

	}

	static final class OursOnly extends AutoConfigurationImportSelector {

		@Override
		protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			return new AnnotationAttributes(Map.of("exclude", new String[0], "excludeName", new String[0]));
		}

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				AnnotationAttributes attributes) {
			List<String> candidates = ImportCandidates.load(AutoConfiguration.class, getBeanClassLoader())
				.getCandidates();
			return new ArrayList<>(
					candidates.stream().filter((candidate) -> candidate.startsWith("dev.sysprims.")).toList());
		}

	}

}
