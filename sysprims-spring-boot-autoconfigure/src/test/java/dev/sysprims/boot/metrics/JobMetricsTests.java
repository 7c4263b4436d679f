package dev.sysprims.boot.metrics;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.sysprims.boot.fixture.FakeJob;
import dev.sysprims.boot.fixture.FakeSupervisor;
import dev.sysprims.process.Signal;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobTotals;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobMetricsTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	/** Held here, as the bean is: meters refer to what they read weakly. */
	private final FakeSupervisor supervisor = new FakeSupervisor();

	private final JobMetrics metrics = new JobMetrics(this.registry, new JobNames(100));

	@Test
	void allButTheTimerOfRunsAreThereBeforeTheFirstJob() {
		new ProcessSupervisorMetrics(this.supervisor).bindTo(this.registry);
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsExactlyInAnyOrder("sysprims.jobs.active", "sysprims.jobs.started", "sysprims.terminations",
					"sysprims.terminations", "sysprims.terminations", "sysprims.escalations", "sysprims.survivors",
					"sysprims.spawn", "sysprims.identity.mismatches", "sysprims.output.dropped");
		assertThat(this.registry.getMeters()).allSatisfy(
				(meter) -> assertThat(meter.measure()).allSatisfy((value) -> assertThat(value.getValue()).isZero()));
	}

	@Test
	void everyMeterHasADescription() {
		new ProcessSupervisorMetrics(this.supervisor).bindTo(this.registry);
		end(FakeJob.exited("transcode", 0));
		assertThat(this.registry.getMeters())
			.allSatisfy((meter) -> assertThat(meter.getId().getDescription()).isNotBlank());
	}

	@Test
	void theTotalsAreThoseOfTheSupervisor() {
		this.supervisor.with(new JobTotals(9, 2, 3, 1, 1, 1, 1, 4, 5));
		new ProcessSupervisorMetrics(this.supervisor).bindTo(this.registry);
		assertThat(this.registry.get("sysprims.jobs.started").functionCounter().count()).isEqualTo(9);
		assertThat(this.registry.get("sysprims.jobs.active").gauge().value()).isEqualTo(2);
		assertThat(this.registry.get("sysprims.escalations").functionCounter().count()).isEqualTo(4);
		assertThat(this.registry.get("sysprims.survivors").functionCounter().count()).isEqualTo(5);
	}

	@Test
	void aRunIsTimedByNameAndOutcome() {
		end(FakeJob.exited("transcode", 0));
		end(FakeJob.exited("transcode", 3));
		end(FakeJob.signalled("transcode", JobOutcome.TIMED_OUT, Signal.TERM));
		Timer succeeded = this.registry.get("sysprims.jobs").tags("name", "transcode", "outcome", "succeeded").timer();
		assertThat(succeeded.count()).isOne();
		assertThat(succeeded.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
		assertThat(this.registry.get("sysprims.jobs").tags("outcome", "failed").timer().count()).isOne();
		assertThat(this.registry.get("sysprims.jobs").tags("outcome", "timed_out").timer().count()).isOne();
	}

	@Test
	void aTreeThatHadToBeEndedIsTimedByResult() {
		end(FakeJob.exited("nothing-to-end", 0));
		end(FakeJob.signalled("polite", JobOutcome.TERMINATED, Signal.TERM));
		end(FakeJob.killed("stubborn"));
		end(FakeJob.survived("immortal"));
		assertThat(terminations("graceful").count()).isOne();
		assertThat(terminations("graceful").totalTime(TimeUnit.SECONDS)).isEqualTo(2);
		assertThat(terminations("killed").count()).isOne();
		assertThat(terminations("incomplete").count()).isOne();
	}

	@Test
	void spawnsMismatchesAndDroppedLinesAreCounted() {
		FakeJob job = FakeJob.survived("worker");
		this.metrics.started(job, Duration.ofMillis(4));
		this.metrics.outputDropped(job, 17);
		this.metrics.identityMismatch(job, job.result().survivors().get(0));
		assertThat(this.registry.get("sysprims.spawn").timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(4);
		assertThat(this.registry.get("sysprims.output.dropped").counter().count()).isEqualTo(17);
		assertThat(this.registry.get("sysprims.identity.mismatches").counter().count()).isOne();
	}

	@Test
	void tenThousandJobsWithNamesOfTheirOwnMakeABoundedNumberOfMeters() {
		for (int i = 0; i < 10_000; i++) {
			FakeJob job = (i % 2 == 0) ? FakeJob.exited("job-" + i, 0)
					: FakeJob.signalled("job-" + i, JobOutcome.TERMINATED, Signal.TERM);
			this.metrics.started(job, Duration.ofMillis(1));
			end(job);
			this.metrics.outputDropped(job, 1);
		}
		assertThat(this.registry.get("sysprims.jobs").timers()).hasSize(102);
		assertThat(
				this.registry.get("sysprims.jobs").tag("name", "other").timers().stream().mapToLong(Timer::count).sum())
			.isEqualTo(9_900);
		assertThat(this.registry.getMeters()).hasSizeLessThan(120);
	}

	@Test
	void noTagIsAPidOrAnArgument() {
		end(FakeJob.exited("transcode", 0));
		assertThat(this.registry.getMeters()).extracting(Meter::getId)
			.flatExtracting(Meter.Id::getTags)
			.extracting(Tag::getKey)
			.containsOnly("name", "outcome", "result");
	}

	private void end(FakeJob job) {
		this.metrics.ended(job, job.result());
	}

	private Timer terminations(String result) {
		return this.registry.get("sysprims.terminations").tag("result", result).timer();
	}

}
