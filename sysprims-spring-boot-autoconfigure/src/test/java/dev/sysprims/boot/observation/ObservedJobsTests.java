package dev.sysprims.boot.observation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.boot.fixture.FakeJob;
import dev.sysprims.boot.metrics.JobNames;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.Signal;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobSpec;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.ObservationContextAssert;
import io.micrometer.observation.transport.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedJobsTests {

	private static final JobSpec SPEC = JobSpec.command("/usr/bin/ffmpeg", "--password", "s3cret")
		.name("transcode")
		.build();

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final List<JobObservationContext> started = new ArrayList<>();

	private final List<JobObservationContext> stopped = new ArrayList<>();

	private final ObservedJobs jobs = observedJobs(this.registry, null);

	@BeforeEach
	void record() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<JobObservationContext>() {

			@Override
			public void onStart(JobObservationContext context) {
				ObservedJobsTests.this.started.add(context);
			}

			@Override
			public void onStop(JobObservationContext context) {
				ObservedJobsTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return context instanceof JobObservationContext;
			}

		});
	}

	@Test
	void aRunCarriesWhatOpenTelemetryAsksOfTheCallerOfAProgram() {
		run(FakeJob.exited("transcode", 0));
		assertObservation().hasNameEqualTo("sysprims.job.run")
			.hasContextualNameEqualTo("transcode")
			.hasLowCardinalityKeyValue("name", "transcode")
			.hasLowCardinalityKeyValue("outcome", "succeeded")
			.hasHighCardinalityKeyValue("process.executable.name", "ffmpeg")
			.hasHighCardinalityKeyValue("process.pid", "4710")
			.hasHighCardinalityKeyValue("process.exit.code", "0")
			.doesNotHaveHighCardinalityKeyValueWithKey("error.type")
			.doesNotHaveError();
	}

	@Test
	void noKeyValueHoldsAnArgument() {
		run(FakeJob.exited("transcode", 1));
		assertThat(this.stopped.get(0).getAllKeyValues()).isNotEmpty()
			.extracting(Object::toString)
			.noneMatch((keyValue) -> keyValue.contains("s3cret") || keyValue.contains("--password"));
	}

	@Test
	void anExitCodeOtherThanZeroIsAnErrorOfTypeExit() {
		run(FakeJob.exited("transcode", 3));
		assertObservation().hasHighCardinalityKeyValue("process.exit.code", "3")
			.hasHighCardinalityKeyValue("error.type", "exit")
			.hasLowCardinalityKeyValue("outcome", "failed")
			.thenError()
			.hasMessage("Job 'transcode' failed: exit code 3");
	}

	@Test
	void deathByASignalIsAnErrorOfTypeSignalWithoutAnExitCode() {
		run(FakeJob.signalled("transcode", JobOutcome.FAILED, Signal.SEGV));
		assertObservation().hasHighCardinalityKeyValue("error.type", "signal")
			.doesNotHaveHighCardinalityKeyValueWithKey("process.exit.code")
			.thenError()
			.hasMessage("Job 'transcode' failed: ended by SIGSEGV");
	}

	@Test
	void anEndForLackOfMemoryIsAnErrorOfATypeOfItsOwn() {
		run(FakeJob.outOfMemory("transcode"));
		assertObservation().hasHighCardinalityKeyValue("error.type", "out_of_memory")
			.hasLowCardinalityKeyValue("outcome", "failed")
			.thenError()
			.hasMessage("Job 'transcode' failed: ended by the kernel for lack of memory");
	}

	@Test
	void aTimeoutIsAnErrorOfTypeTimeoutWhateverEndedTheProgram() {
		run(FakeJob.signalled("transcode", JobOutcome.TIMED_OUT, Signal.TERM));
		assertObservation().hasHighCardinalityKeyValue("error.type", "timeout")
			.hasLowCardinalityKeyValue("outcome", "timed_out")
			.hasError();
	}

	@Test
	void aJobThatSomebodyEndedIsNoErrorOfTheObservation() {
		run(FakeJob.signalled("transcode", JobOutcome.TERMINATED, Signal.TERM));
		assertObservation().hasLowCardinalityKeyValue("outcome", "terminated").doesNotHaveError();
	}

	@Test
	void aJobOfWhichNobodyKnowsHowItEndedIsAnError() {
		run(FakeJob.lost("transcode"));
		assertObservation().hasLowCardinalityKeyValue("outcome", "lost")
			.doesNotHaveHighCardinalityKeyValueWithKey("error.type")
			.hasError();
	}

	@Test
	void aProgramThatCannotBeStartedIsAnErrorWithItsReason() {
		CommandNotFoundException reason = new CommandNotFoundException("Cannot start 'ffmpeg'");
		this.jobs.starting(SPEC).startFailed(SPEC, reason);
		assertObservation().hasLowCardinalityKeyValue("outcome", "not_started")
			.hasHighCardinalityKeyValue("error.type", "not_found")
			.doesNotHaveHighCardinalityKeyValueWithKey("process.pid")
			.hasError(reason);
	}

	@Test
	void theParentIsTheObservationOfTheStartingThreadThoughTheEndIsToldOnAnother() {
		Observation parent = Observation.start("request", this.registry);
		JobListener job;
		try (Observation.Scope scope = parent.openScope()) {
			job = this.jobs.starting(SPEC);
			assertThat(scope.getCurrentObservation()).isSameAs(parent);
		}
		CompletableFuture.runAsync(() -> {
			FakeJob ended = FakeJob.exited("transcode", 0);
			job.started(ended, Duration.ofMillis(1));
			job.ended(ended, ended.result());
		}).join();
		parent.stop();
		assertObservation().hasParentObservationEqualTo(parent);
	}

	@Test
	void aTraceShowsTheCallerAsAClient() {
		this.jobs.starting(SPEC);
		assertThat(this.started).singleElement().extracting(JobObservationContext::getKind).isEqualTo(Kind.CLIENT);
	}

	@Test
	void aConventionOfTheApplicationReplacesTheDefault() {
		JobObservationConvention convention = new JobObservationConvention() {

			@Override
			public String getName() {
				return "my.jobs";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(JobObservationContext context) {
				return KeyValues.of("tool", context.spec().name());
			}

		};
		FakeJob ended = FakeJob.exited("transcode", 0);
		JobListener job = observedJobs(this.registry, convention).starting(SPEC);
		job.ended(ended, ended.result());
		assertObservation().hasNameEqualTo("my.jobs")
			.hasOnlyKeys("tool")
			.hasLowCardinalityKeyValue("tool", "transcode");
	}

	@Test
	void tenThousandRunsWithNamesOfTheirOwnMakeABoundedNumberOfMeters() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		ObservedJobs observed = observedJobs(observations, null);
		for (int i = 0; i < 10_000; i++) {
			FakeJob job = FakeJob.exited("job-" + i, 0);
			JobListener listener = observed.starting(JobSpec.command("ffmpeg").name(job.name()).build());
			listener.started(job, Duration.ofMillis(1));
			listener.ended(job, job.result());
		}
		assertThat(meters.get("sysprims.job.run").timers()).hasSize(101);
		assertThat(meters.get("sysprims.job.run.active").longTaskTimers()).hasSize(101)
			.allSatisfy((timer) -> assertThat(timer.activeTasks()).isZero());
		assertThat(meters.getMeters()).hasSize(202);
	}

	private static ObservedJobs observedJobs(ObservationRegistry registry, JobObservationConvention convention) {
		return new ObservedJobs(registry, new DefaultJobObservationConvention(new JobNames(100)), convention);
	}

	private void run(FakeJob job) {
		JobListener listener = this.jobs.starting(SPEC);
		listener.started(job, Duration.ofMillis(1));
		listener.ended(job, job.result());
	}

	private ObservationContextAssert<?> assertObservation() {
		assertThat(this.stopped).hasSize(1);
		return ObservationContextAssert.assertThat(this.stopped.get(0));
	}

}
