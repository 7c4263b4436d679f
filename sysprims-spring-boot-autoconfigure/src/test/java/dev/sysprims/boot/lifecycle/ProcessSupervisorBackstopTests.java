package dev.sysprims.boot.lifecycle;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import dev.sysprims.boot.autoconfigure.SysprimsAutoConfiguration;
import dev.sysprims.boot.fixture.FakeSupervisor;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessSupervisorBackstopTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, SysprimsAutoConfiguration.class));

	@Test
	void aRefreshThatFailsLeavesNoProcessBehind() {
		try (ProcessFixture fixture = new ProcessFixture()) {
			long start = System.nanoTime();
			this.runner
				.withBean(ProcessFixture.class, () -> fixture, (definition) -> definition.setDestroyMethodName(""))
				.withUserConfiguration(StartsAJobAndFails.class)
				.withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=2s")
				.run((context) -> assertThat(context).hasFailed());
			assertThat(fixture.announced()).hasSize(2);
			assertThat(fixture.survivors()).isEmpty();
			// Within the budget of 1 s and not after the job's own grace of 5 min.
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
		}
	}

	@Test
	void aShutdownHandlerIsThereAsLongAsTheContextAndNotLonger() {
		Collection<?> handlers = handlers();
		int before = handlers.size();
		for (int i = 0; i < 5; i++) {
			this.runner.run((context) -> assertThat(handlers).hasSize(before + 1));
			assertThat(handlers).hasSize(before);
		}
	}

	@Test
	void aProxyAroundTheSupervisorDoesNotHideIt() {
		FakeSupervisor own = new FakeSupervisor();
		ProcessSupervisorBackstop backstop = new ProcessSupervisorBackstop(
				() -> ShutdownBudget.of(Duration.ofSeconds(30)));
		int before = handlers().size();
		assertThat(backstop.postProcessBeforeInitialization(own, "own")).isSameAs(own);
		assertThat(backstop.requiresDestruction(own)).isTrue();
		backstop.postProcessBeforeDestruction(own, "own");
		assertThat(own.budgets()).containsExactly(Duration.ofSeconds(29));
		assertThat(handlers()).hasSize(before);
	}

	@Test
	void aSupervisorThatCannotBeClosedHoldsUpNobodyElse() {
		FakeSupervisor stuck = new FakeSupervisor() {
			@Override
			public void close(Duration budget) {
				throw new IllegalStateException("stuck");
			}
		};
		int before = handlers().size();
		this.runner.withBean(ProcessSupervisor.class, () -> stuck).run((context) -> assertThat(context).hasNotFailed());
		assertThat(handlers()).hasSize(before);
	}

	private static Collection<?> handlers() {
		Object handlers = ReflectionTestUtils.getField(SpringApplication.getShutdownHandlers(), "actions");
		assertThat(handlers).isInstanceOf(Collection.class);
		return (Collection<?>) handlers;
	}

	@Configuration(proxyBeanMethods = false)
	static class StartsAJobAndFails {

		@Bean
		InitializingBean fails(ProcessSupervisor supervisor, ProcessFixture fixture) {
			return () -> {
				List<String> stubborn = fixture.sh("""
						trap '' TERM
						sh -c '. "$0"; announce grandchild; while :; do sleep 60; done' "$FIXTURE" &
						announce leader
						while :; do sleep 60; done
						""");
				supervisor.start(JobSpec.command(stubborn).graceTimeout(Duration.ofMinutes(5)).build());
				fixture.await("leader");
				fixture.await("grandchild");
				throw new IllegalStateException("this bean cannot be made");
			};
		}

	}

}
