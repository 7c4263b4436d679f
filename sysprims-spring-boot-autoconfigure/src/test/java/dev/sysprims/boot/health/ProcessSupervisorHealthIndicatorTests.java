package dev.sysprims.boot.health;

import java.util.List;

import dev.sysprims.boot.fixture.FakeSupervisor;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.supervisor.JobTotals;
import org.junit.jupiter.api.Test;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessSupervisorHealthIndicatorTests {

	@Test
	void aSupervisorThatCanStartJobsIsUpHoweverManyHaveFailed() {
		Health health = healthOf(new FakeSupervisor().with(new JobTotals(100, 3, 0, 90, 3, 2, 2, 50, 7)));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsOnlyKeys("backend", "containment", "reliability", "active")
			.containsEntry("backend", "native")
			.containsEntry("containment", "session")
			.containsEntry("reliability", "best_effort")
			.containsEntry("active", 3L);
	}

	@Test
	void theFallbackBackendIsUpAndNamesItsWarnings() {
		Health health = healthOf(
				new FakeSupervisor().on(FakeSupervisor.platform("jdk", List.of("JNA could not be loaded: noexec."))));
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("backend", "jdk")
			.containsEntry("warnings", List.of("JNA could not be loaded: noexec."));
	}

	@Test
	void aClosedSupervisorIsDown() {
		FakeSupervisor supervisor = new FakeSupervisor();
		supervisor.close();
		Health health = healthOf(supervisor);
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsKey("reason").containsKey("backend");
	}

	@Test
	void aSupervisorThatCannotSayWhatItRunsOnIsDown() {
		Health health = healthOf(new FakeSupervisor() {
			@Override
			public PlatformInfo platform() {
				throw new IllegalStateException("no backend");
			}
		});
		assertThat(health.getStatus()).isEqualTo(Status.DOWN);
		assertThat(health.getDetails()).containsEntry("error", "java.lang.IllegalStateException: no backend");
	}

	private static Health healthOf(FakeSupervisor supervisor) {
		return new ProcessSupervisorHealthIndicator(supervisor).health();
	}

}
