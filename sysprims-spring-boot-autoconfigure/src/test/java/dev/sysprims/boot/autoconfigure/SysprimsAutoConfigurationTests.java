package dev.sysprims.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.sysprims.boot.fixture.FakeSupervisor;
import dev.sysprims.boot.lifecycle.ProcessSupervisorBackstop;
import dev.sysprims.boot.lifecycle.ProcessSupervisorLifecycle;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

class SysprimsAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SysprimsAutoConfiguration.class));

	@Test
	void aSupervisorIsThereAndRunsPrograms() {
		this.runner.run((context) -> {
			JobResult result = context.getBean(ProcessSupervisor.class)
				.run(JobSpec.command("/bin/sh", "-c", "exit 3").build());
			assertThat(result.outcome()).isEqualTo(JobOutcome.FAILED);
			assertThat(result.exitCode()).isEqualTo(3);
		});
	}

	@Test
	void nothingIsThereWhenItIsSwitchedOff() {
		this.runner.withPropertyValues("sysprims.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ProcessSupervisor.class)
				.doesNotHaveBean(ProcessSupervisorLifecycle.class)
				.doesNotHaveBean(ProcessSupervisorBackstop.class)
				.doesNotHaveBean(SysprimsProperties.class));
	}

	@Test
	void theSupervisorIsClosedWithTheContext() {
		this.runner.run((context) -> {
			ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
			assertThat(supervisor.isClosed()).isFalse();
			context.getSourceApplicationContext().close();
			assertThat(supervisor.isClosed()).isTrue();
		});
	}

	@Test
	void aSupervisorOfTheApplicationComesFirstAndIsClosedWithinTheBudgetToo() {
		FakeSupervisor own = new FakeSupervisor();
		this.runner.withBean(ProcessSupervisor.class, () -> own)
			.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=7s")
			.run((context) -> {
				assertThat(context.getBean(ProcessSupervisor.class)).isSameAs(own);
				context.getSourceApplicationContext().close();
				assertThat(own.budgets()).startsWith(Duration.ofSeconds(6), Duration.ofSeconds(6));
			});
	}

	@Test
	void aChildContextUsesTheSupervisorOfItsParentAndDoesNotCloseIt() {
		this.runner.run((parent) -> {
			ProcessSupervisor supervisor = parent.getBean(ProcessSupervisor.class);
			this.runner.withParent(parent).run((child) -> {
				assertThat(child).hasNotFailed();
				assertThat(child.getBean(ProcessSupervisor.class)).isSameAs(supervisor);
				child.getSourceApplicationContext().close();
				assertThat(supervisor.isClosed()).isFalse();
			});
		});
	}

	@Test
	void springsOwnPhaseTimeoutCountsWhereBootDoesNotSetOne() {
		FakeSupervisor own = new FakeSupervisor();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SysprimsAutoConfiguration.class))
			.withBean(ProcessSupervisor.class, () -> own)
			.run((context) -> {
				context.getSourceApplicationContext().close();
				assertThat(own.budgets()).startsWith(Duration.ofSeconds(9));
			});
	}

	@Test
	void anApplicationCanBuildItsOwnFromTheConfiguredBuilder() {
		this.runner.withUserConfiguration(OwnSupervisor.class)
			.withPropertyValues("sysprims.history-size=0")
			.run((context) -> {
				assertThat(context).hasSingleBean(ProcessSupervisor.class).hasBean("own");
				ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
				supervisor.run(JobSpec.command("true").build());
				assertThat(supervisor.jobs()).isEmpty();
			});
	}

	@Test
	void customizersAreAppliedInTheirOrderAfterTheProperties() {
		this.runner.withUserConfiguration(TwoCustomizers.class)
			.withPropertyValues("sysprims.history-size=7")
			.run((context) -> {
				assertThat(context.getBean(TwoCustomizers.class).called).containsExactly("first", "second");
				ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
				for (int i = 0; i < 5; i++) {
					supervisor.run(JobSpec.command("true").build());
				}
				assertThat(supervisor.jobs()).hasSize(2);
			});
	}

	@Test
	void allListenersAreToldInTheirOrder() {
		this.runner.withUserConfiguration(TwoListeners.class).run((context) -> {
			context.getBean(ProcessSupervisor.class).run(JobSpec.command("true").name("told").build());
			BlockingQueue<String> told = context.getBean(TwoListeners.class).told;
			assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("first told");
			assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("second told");
		});
	}

	@Test
	void aListenerMayNeedTheSupervisorLazily() {
		this.runner.withUserConfiguration(FollowUp.class).run((context) -> {
			context.getBean(ProcessSupervisor.class).run(JobSpec.command("true").name("original").build());
			BlockingQueue<String> ended = context.getBean(FollowUp.class).ended;
			assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("original");
			assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("follow-up");
		});
	}

	@Test
	void theTimeoutsOfTheConfigurationAreThoseOfAJobThatNamesNone() {
		this.runner.withPropertyValues("sysprims.grace-timeout=150ms", "sysprims.kill-timeout=5s").run((context) -> {
			try (ProcessFixture fixture = new ProcessFixture()) {
				Job job = context.getBean(ProcessSupervisor.class)
					.start(JobSpec.command(fixture.sh("trap '' TERM; announce stubborn; while :; do sleep 60; done"))
						.build());
				fixture.await("stubborn");
				JobResult result = job.terminate();
				assertThat(result.escalated()).isTrue();
				// Before the default grace would have ended.
				assertThat(result.termination()).isNotNull();
				assertThat(result.termination().elapsed()).isBetween(Duration.ofMillis(150), Duration.ofSeconds(9));
			}
		});
	}

	@Test
	void containmentSubreaperAndTheEndWithTheJvmReachTheBuilder() {
		this.runner.withBean(ProcessSupervisor.class, FakeSupervisor::new)
			.withPropertyValues("sysprims.containment=cgroup", "sysprims.subreaper=true",
					"sysprims.end-jobs-with-jvm=false")
			.run((context) -> assertThat(context.getBean(ProcessSupervisor.Builder.class))
				.hasFieldOrPropertyWithValue("containment", Containment.CGROUP)
				.hasFieldOrPropertyWithValue("subreaper", true)
				.hasFieldOrPropertyWithValue("endJobsWithJvm", false));
	}

	@Test
	void jobsThatAreNotToEndWithTheJvmCarryAMarkerThatSaysSo() {
		String marker = "(.*,)?[0-9a-f]{16}-[0-9]+\n";
		assertThat(jobMarker("true")).matches(marker);
		assertThat(jobMarker("false")).matches(marker.replace("[0-9a-f]{16}", "k[0-9a-f]{16}"));
	}

	private String jobMarker(String endJobsWithJvm) {
		AtomicReference<String> marker = new AtomicReference<>("");
		this.runner.withPropertyValues("sysprims.end-jobs-with-jvm=" + endJobsWithJvm).run((context) -> {
			Job job = context.getBean(ProcessSupervisor.class)
				.start(JobSpec.command("/bin/sh", "-c", "echo \"$SYSPRIMS_JOB\"").build());
			job.await();
			marker.set(job.output().stdout());
		});
		return marker.get();
	}

	@Test
	void theTailOfTheOutputIsAsLongAsConfigured() {
		this.runner.withPropertyValues("sysprims.output.tail-size=10B").run((context) -> {
			ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
			Job job = supervisor.start(JobSpec.command("/bin/sh", "-c", "echo 0123456789abcdef").build());
			job.await();
			assertThat(job.output().stdout()).isEqualTo("789abcdef\n");
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSupervisor {

		@Bean
		ProcessSupervisor own(ProcessSupervisor.Builder builder) {
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoCustomizers {

		private final List<String> called = new CopyOnWriteArrayList<>();

		@Bean
		@Order(2)
		ProcessSupervisorBuilderCustomizer second() {
			return (builder) -> {
				this.called.add("second");
				builder.historySize(2);
			};
		}

		@Bean
		@Order(1)
		ProcessSupervisorBuilderCustomizer first() {
			return (builder) -> {
				this.called.add("first");
				builder.historySize(1);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoListeners {

		private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

		@Bean
		@Order(2)
		JobListener second() {
			return listener("second");
		}

		@Bean
		@Order(1)
		JobListener first() {
			return listener("first");
		}

		private JobListener listener(String name) {
			return new JobListener() {
				@Override
				public void started(Job job, Duration spawnTime) {
					TwoListeners.this.told.add(name + " " + job.name());
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FollowUp {

		private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

		@Bean
		JobListener followUp(@Lazy ProcessSupervisor supervisor) {
			return new JobListener() {
				@Override
				public void ended(Job job, JobResult result) {
					FollowUp.this.ended.add(job.name());
					if ("original".equals(job.name())) {
						supervisor.start(JobSpec.command("true").name("follow-up").build());
					}
				}
			};
		}

	}

}
