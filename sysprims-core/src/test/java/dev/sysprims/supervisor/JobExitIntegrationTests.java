package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.process.Capability;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.ExitCause;
import dev.sysprims.process.NoSuchProcessException;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** How programs end, and what the job says of it. */
class JobExitIntegrationTests extends RealJobs {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 71, 127, 143, 255 })
	void theExitCodeIsTheProgramsOwn(int code) throws InterruptedException {
		JobResult result = this.supervisor.run(script("exit " + code).name("exits").build());
		assertThat(result.exitCode()).isEqualTo(code);
		assertThat(result.signal()).isNull();
		assertThat(result.cause()).isEqualTo(ExitCause.EXIT);
		assertThat(result.outcome()).isEqualTo((code == 0) ? JobOutcome.SUCCEEDED : JobOutcome.FAILED);
		assertThat(result.name()).isEqualTo("exits");
		assertThat(result.termination()).isNull();
		assertThat(result.leftovers()).isEmpty();
		assertThat(result.survivors()).isEmpty();
		assertThat(result.elapsed()).isPositive().isLessThan(LONG);
	}

	@Test
	void deathByASignalIsToldApartFromTheCode143() throws InterruptedException {
		assumeHas(Capability.EXIT_SIGNAL);
		JobResult result = this.supervisor.run(script("kill -TERM $$").build());
		assertThat(result.exitCode()).isNull();
		assertThat(result.signal()).isEqualTo(Signal.TERM);
		assertThat(result.cause()).isEqualTo(ExitCause.SIGNAL);
		assertThat(result.outcome()).isEqualTo(JobOutcome.FAILED);
	}

	@Test
	void waitingAgainGivesTheSameResultAfterAnyEnd() throws Exception {
		Job exited = this.supervisor.start(script("exit 3").build());
		JobResult first = exited.await();
		assertThat(exited.await()).isEqualTo(first);
		assertThat(exited.await(Duration.ZERO)).contains(first);
		assertThat(exited.terminate()).isEqualTo(first);
		assertThat(exited.toProcess().waitFor()).isEqualTo(3);
		assertThat(exited.completion().get()).isEqualTo(first);
		Job terminated = this.supervisor.start(script("announce it; exec sleep 60").build());
		this.fixture.await("it");
		JobResult result = terminated.terminate();
		assertThat(terminated.await()).isEqualTo(result);
		assertThat(terminated.terminate()).isEqualTo(result);
		assertThat(result.outcome()).isEqualTo(JobOutcome.TERMINATED);
	}

	@Test
	void theProcessorTimeOfTheProgramIsInTheResult() throws InterruptedException {
		assumeHas(Capability.USAGE);
		JobResult result = this.supervisor.run(script("i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done").build());
		assertThat(result.usage()).isNotNull();
		assertThat(result.usage().cpuTime()).isPositive();
	}

	@Test
	void aProgramThatDoesNotExistIsAClearErrorAtTheCallersLine() {
		assertThatExceptionOfType(CommandNotFoundException.class)
			.isThrownBy(() -> this.supervisor.start(JobSpec.command("no-such-program-anywhere").build()))
			.withMessageContaining("no-such-program-anywhere")
			.satisfies((ex) -> assertThat(ex.getStackTrace()).extracting(StackTraceElement::getClassName)
				.contains(JobExitIntegrationTests.class.getName()));
		assertThat(this.supervisor.jobs()).isEmpty();
		assertThat(this.supervisor.totals().started()).isZero();
	}

	@Test
	void aBadDirectoryIsNamedAsSuch() {
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(
				() -> this.supervisor.start(script("exit 0").cwd(this.fixture.directory().resolve("nowhere")).build()))
			.withMessageContaining("nowhere");
	}

	@Test
	void directoryAndEnvironmentReachTheProgram() throws InterruptedException {
		Job job = this.supervisor
			.start(script("pwd; echo \"$COLOUR\"; echo \"${HOME-none}\"").cwd(this.fixture.directory())
				.env("COLOUR", "grün 🟢")
				.removeEnv("HOME")
				.build());
		job.await();
		assertThat(job.output().stdout()).isEqualTo(this.fixture.directory() + "\ngrün 🟢\nnone\n");
	}

	@Test
	void aSignalReachesTheProgramOnly() throws InterruptedException {
		assumeHas(Capability.ANY_SIGNAL);
		Job job = this.supervisor.start(
				script("""
						sh -c '. "$0"; trap "echo member was hit" USR1; announce member; while :; do sleep 0.05; done' "$FIXTURE" &
						trap 'echo hit; exit 5' USR1
						announce leader
						while :; do sleep 0.05; done""")
					.build());
		this.fixture.await("leader");
		this.fixture.await("member");
		job.signal(Signal.USR1);
		JobResult result = job.await();
		assertThat(result.exitCode()).isEqualTo(5);
		assertThat(result.leftovers()).isNotEmpty();
		assertThat(job.output().stdout()).isEqualTo("hit\n");
		assertThatExceptionOfType(NoSuchProcessException.class).isThrownBy(() -> job.signal(Signal.USR1));
	}

	@Test
	void jobsHaveIdsFitForUrlsAndAreFoundByThem() throws InterruptedException {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			Job job = this.supervisor.start(script("exit 0").build());
			ids.add(job.id());
			assertThat(job.id()).matches("[0-9a-z]{6}-[0-9]+");
			job.await();
			assertThat(this.supervisor.job(job.id())).containsSame(job);
		}
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(this.supervisor.job("no such id")).isEmpty();
	}

	@Test
	void fiftyAtOnceEachHaveTheirOwnResult() {
		List<CompletableFuture<JobResult>> results = new ArrayList<>();
		for (int i = 0; i < 50; i++) {
			results.add(this.supervisor.start(script("exit " + i).build()).completion());
		}
		for (int i = 0; i < 50; i++) {
			assertThat(results.get(i).join().exitCode()).isEqualTo(i);
		}
	}

}
