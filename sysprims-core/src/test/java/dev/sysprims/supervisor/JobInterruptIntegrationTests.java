package dev.sysprims.supervisor;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The one contract that carries every integration. */
class JobInterruptIntegrationTests extends RealJobs {

	private static final String TREE = """
			sh -c '. "$0"; trap "sleep 0.3; exit 0" TERM; announce member; while :; do sleep 0.02; done' "$FIXTURE" &
			announce top; wait""";

	/** Every way to wait that can throw {@link InterruptedException}. */
	static Stream<Wait> waits() {
		return Stream.of(new Wait("await", Job::await), new Wait("await(time)", (job) -> job.await(LONG)),
				new Wait("waitFor", (job) -> job.toProcess().waitFor()),
				new Wait("waitFor(time)", (job) -> job.toProcess().waitFor(60, TimeUnit.SECONDS)));
	}

	@ParameterizedTest
	@MethodSource("waits")
	void whoIsInterruptedEndsTheWholeTreeAndWaitsForThat(Wait wait) {
		Job job = this.supervisor.start(script(TREE).build());
		LiveProcess member = this.fixture.await("member");
		LiveProcess top = this.fixture.await("top");
		Interruptible<Boolean> waiter = onAThread(() -> {
			try {
				wait.call.on(job);
				return false;
			}
			catch (InterruptedException ex) {
				// Here everything is over already.
				return !isAlive(member, top) && job.state() == JobState.ENDED;
			}
		});
		waiter.awaitWaiting();
		waiter.interrupt();
		assertThat(waiter.outcome().join()).isTrue();
		assertThat(waiter.flagAtTheEnd()).isFalse();
		assertThat(job.state()).isEqualTo(JobState.ENDED);
		assertThat(job.terminate().outcome()).isEqualTo(JobOutcome.TERMINATED);
	}

	@ParameterizedTest
	@MethodSource("waits")
	void aSecondInterruptCutsTheGrace(Wait wait) {
		Job job = this.supervisor.start(stubborn("it").build());
		LiveProcess it = this.fixture.await("it");
		Interruptible<Object> waiter = onAThread(() -> wait.call.on(job));
		waiter.awaitWaiting();
		waiter.interrupt();
		ProcessFixture.awaitTrue(() -> job.state() == JobState.ENDING, "the end did not begin");
		assertThat(waiter.isDone()).isFalse();
		assertThat(it.isAlive()).isTrue();
		waiter.interrupt();
		assertThat(waiter.outcome()).failsWithin(LONG)
			.withThrowableThat()
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(it.isAlive()).isFalse();
		assertThat(job.terminate().escalated()).isTrue();
	}

	@ParameterizedTest
	@MethodSource("waits")
	void theInterruptMayHaveComeBefore(Wait wait) {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").build());
		this.fixture.await("it");
		Interruptible<Object> waiter = onAThread(() -> {
			Thread.currentThread().interrupt();
			return wait.call.on(job);
		});
		assertThat(waiter.outcome()).failsWithin(LONG)
			.withThrowableThat()
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(job.state()).isEqualTo(JobState.ENDED);
	}

	@Test
	void runEndsTheTreeToo() {
		Interruptible<JobResult> runner = onAThread(() -> this.supervisor.run(script(TREE).build()));
		LiveProcess member = this.fixture.await("member");
		LiveProcess top = this.fixture.await("top");
		runner.awaitWaiting();
		runner.interrupt();
		assertThat(runner.outcome()).failsWithin(LONG)
			.withThrowableThat()
			.withCauseInstanceOf(InterruptedException.class);
		assertThat(isAlive(member, top)).isFalse();
	}

	@ParameterizedTest
	@MethodSource("waits")
	void aJobThatHasEndedGivesItsResultAndLeavesTheFlag(Wait wait) throws Exception {
		Job job = this.supervisor.start(script("exit 0").build());
		job.await();
		Thread.currentThread().interrupt();
		assertThat(wait.call.on(job)).isNotNull();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void aProbeDoesNotWaitAndIsNotInterrupted() throws Exception {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").build());
		this.fixture.await("it");
		Thread.currentThread().interrupt();
		assertThat(job.await(Duration.ZERO)).isEmpty();
		assertThat(job.toProcess().waitFor(0, TimeUnit.SECONDS)).isFalse();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
	}

	@Test
	void terminateFinishesWithTheGraceCutAndRestoresTheFlag() {
		Job job = this.supervisor.start(stubborn("it").build());
		LiveProcess it = this.fixture.await("it");
		Interruptible<JobResult> ender = onAThread(job::terminate);
		ProcessFixture.awaitTrue(() -> job.state() == JobState.ENDING, "the end did not begin");
		assertThat(ender.isDone()).isFalse();
		ender.interrupt();
		assertThat(ender.outcome().join().escalated()).isTrue();
		assertThat(ender.flagAtTheEnd()).isTrue();
		assertThat(it.isAlive()).isFalse();
	}

	@Test
	void cancellingAFutureInterruptsNobodyAndEndsNothing() throws Exception {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").build());
		LiveProcess it = this.fixture.await("it");
		job.completion().cancel(true);
		job.toProcess().onExit().cancel(true);
		assertThat(job.await(SHORT)).isEmpty();
		assertThat(it.isAlive()).isTrue();
		job.terminate();
	}

	@Test
	void anInterruptedReadIsAnInterruptedIOException() {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").piped().build());
		this.fixture.await("it");
		Interruptible<Integer> reader = onAThread(() -> job.toProcess().getInputStream().read());
		reader.awaitWaiting();
		reader.interrupt();
		assertThatExceptionOfType(Exception.class).isThrownBy(() -> reader.outcome().get())
			.withRootCauseInstanceOf(InterruptedIOException.class);
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		job.terminate();
	}

	/** A way to wait. */
	interface Call {

		Object on(Job job) throws InterruptedException;

	}

	record Wait(String name, Call call) {

		@Override
		public String toString() {
			return this.name;
		}

	}

}
