package dev.sysprims.supervisor;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.ExitCause;
import dev.sysprims.process.NoSuchProcessException;
import dev.sysprims.process.OutputMode;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.FakeProcess.SinkOf;
import dev.sysprims.tree.ProcessTrees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** Orders of events that a real system shows rarely. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class JobLifeTests {

	private static final JobSpec SPEC = JobSpec.command("fake").build();

	private final FakeSystem system = new FakeSystem();

	private final ProcessTrees trees = new ProcessTrees(this.system);

	private final ProcessSupervisor supervisor = ProcessSupervisor.builder()
		.graceTimeout(Duration.ofSeconds(20))
		.killTimeout(Duration.ofMillis(300))
		.shutdownHook(false)
		.build(this.trees);

	@AfterEach
	void close() {
		this.supervisor.close();
	}

	@Test
	void aProgramThatEndedBeforeItWasKnownIsAnOrdinaryJob() throws Exception {
		FakeProcess process = this.system.process();
		process.exit(7);
		this.system.spawns = () -> CompletableFuture.completedFuture(process);
		JobResult result = this.supervisor.run(SPEC);
		assertThat(result.outcome()).isEqualTo(JobOutcome.FAILED);
		assertThat(result.exitCode()).isEqualTo(7);
	}

	@Test
	void closeDuringAStartEndsTheJob() throws Exception {
		CompletableFuture<FakeProcess> gate = new CompletableFuture<>();
		CountDownLatch asked = new CountDownLatch(1);
		this.system.spawns = () -> {
			asked.countDown();
			return gate;
		};
		CompletableFuture<Job> started = CompletableFuture.supplyAsync(() -> this.supervisor.start(SPEC));
		asked.await();
		CompletableFuture<Void> closed = CompletableFuture.runAsync(this.supervisor::close);
		ProcessFixture.awaitTrue(this.supervisor::isClosed, "the supervisor was not closed");
		assertThat(this.supervisor.jobs()).isEmpty();
		gate.complete(this.system.process());
		closed.get(20, TimeUnit.SECONDS);
		assertThat(started.get(20, TimeUnit.SECONDS).await().outcome()).isEqualTo(JobOutcome.TERMINATED);
		assertThat(this.system.last.received).contains(Signal.TERM);
	}

	@Test
	void startAfterCloseSaysWhatToDo() {
		this.supervisor.close();
		assertThatIllegalStateException().isThrownBy(() -> this.supervisor.start(SPEC))
			.withMessageContaining("closed")
			.withMessageContaining("ProcessSupervisor.builder()");
	}

	@Test
	void anInterruptDoesNotDisturbAStart() throws Exception {
		CompletableFuture<FakeProcess> gate = new CompletableFuture<>();
		this.system.spawns = () -> gate;
		CompletableFuture<Boolean> flag = new CompletableFuture<>();
		Thread starter = new Thread(() -> {
			this.supervisor.start(SPEC);
			flag.complete(Thread.interrupted());
		});
		starter.start();
		starter.interrupt();
		gate.complete(this.system.process());
		assertThat(flag.get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(this.supervisor.jobs()).hasSize(1);
	}

	@Test
	void runOnAnInterruptedThreadStartsNothing() {
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> this.supervisor.run(SPEC));
		assertThat(this.supervisor.totals().started()).isZero();
	}

	@Test
	void aFailedStartShowsTheCallersStackAndLeavesNothing() throws Exception {
		CompletableFuture<SysprimsException> told = new CompletableFuture<>();
		this.supervisor.addListener(new JobListener() {

			@Override
			public void startFailed(JobSpec spec, SysprimsException reason) {
				told.complete(reason);
			}

		});
		this.system.spawns = () -> CompletableFuture.supplyAsync(() -> {
			throw new CommandNotFoundException("Cannot start 'fake': it is a test.");
		});
		assertThatExceptionOfType(CommandNotFoundException.class).isThrownBy(() -> this.supervisor.start(SPEC))
			.satisfies((ex) -> assertThat(ex.getStackTrace()).extracting(StackTraceElement::getClassName)
				.contains(JobLifeTests.class.getName(), TreeSupervisor.class.getName()))
			.satisfies((ex) -> assertThat(told.get(20, TimeUnit.SECONDS)).isSameAs(ex));
		assertThat(this.supervisor.jobs()).isEmpty();
		assertThat(this.supervisor.totals().started()).isZero();
		assertThat(this.supervisor.totals().active()).isZero();
	}

	@Test
	void nobodyCanKnowHowItEndedIsLost() throws Exception {
		Job job = this.supervisor.start(SPEC);
		this.system.last.end(ExitStatus.UNKNOWN);
		JobResult result = job.await();
		assertThat(result.outcome()).isEqualTo(JobOutcome.LOST);
		assertThat(result.cause()).isEqualTo(ExitCause.UNKNOWN);
		assertThat(result.exitCode()).isNull();
		assertThat(result.signal()).isNull();
		assertThat(job.toProcess().exitValue()).isEqualTo(-1);
		assertThat(this.supervisor.totals().lost()).isOne();
	}

	@Test
	void theFirstCauseNamesTheOutcome() throws Exception {
		Job job = this.supervisor.start(JobSpec.command("fake").timeout(Duration.ofMillis(20)).build());
		this.system.last.ignored.add(Signal.TERM);
		ProcessFixture.awaitTrue(() -> job.state() == JobState.ENDING, "the timeout did not come");
		CompletableFuture<JobResult> terminated = CompletableFuture.supplyAsync(job::terminate);
		this.system.last.exit(0);
		assertThat(terminated.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(JobOutcome.TIMED_OUT);
		assertThat(job.await()).isEqualTo(terminated.get());
	}

	@Test
	void theTimerOfAnEndedJobIsGone() throws Exception {
		try (ProcessSupervisor forgetful = ProcessSupervisor.builder()
			.shutdownHook(false)
			.historySize(0)
			.build(this.trees)) {
			WeakReference<Job> job = new WeakReference<>(
					forgetful.start(JobSpec.command("fake").timeout(Duration.ofHours(1)).build()));
			this.system.last.exit(0);
			assertThat(job.get().await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
			this.system.last = null;
			ProcessFixture.awaitTrue(() -> {
				System.gc();
				return job.get() == null;
			}, "something still knows a job that is out of the history");
		}
	}

	@Test
	void aTimeoutOfAges() throws Exception {
		Job job = this.supervisor.start(JobSpec.command("fake").timeout(Duration.ofSeconds(Long.MAX_VALUE)).build());
		assertThat(job.await(Duration.ofMillis(20))).isEmpty();
		this.system.last.exit(0);
		assertThat(job.await(Duration.ofSeconds(Long.MAX_VALUE))).isPresent();
	}

	@Test
	void awaitForATimeLeavesTheJobAlone() throws Exception {
		Job job = this.supervisor.start(SPEC);
		assertThat(job.await(Duration.ZERO)).isEmpty();
		assertThat(job.await(Duration.ofMillis(10))).isEmpty();
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		assertThatIllegalArgumentException().isThrownBy(() -> job.await(Duration.ofNanos(-1)));
	}

	@Test
	void whatCannotBeEndedIsNamedAndDoesNotHoldUpAnybody() throws Exception {
		Job job = this.supervisor.start(JobSpec.command("fake").graceTimeout(Duration.ofMillis(10)).build());
		FakeProcess immortal = this.system.member(this.system.last);
		immortal.ignored.addAll(List.of(Signal.TERM, Signal.KILL));
		JobResult result = job.terminate();
		assertThat(result.survivors()).singleElement()
			.satisfies((member) -> assertThat(member.identity()).isEqualTo(immortal.identity()));
		assertThat(result.escalated()).isTrue();
		assertThat(job.state()).isEqualTo(JobState.ENDED);
		assertThat(job.toProcess().isAlive()).isFalse();
		assertThat(this.supervisor.totals().survivors()).isOne();
		assertThat(this.supervisor.totals().escalated()).isOne();
		immortal.exit(0);
		this.system.gone(immortal);
	}

	@Test
	void signalReachesTheProgramOnlyAndSaysWhyNot() throws Exception {
		Job job = this.supervisor.start(SPEC);
		FakeProcess program = this.system.last;
		FakeProcess member = this.system.member(program);
		program.ignored.add(Signal.USR1);
		job.signal(Signal.USR1);
		assertThat(program.received).containsExactly(Signal.USR1);
		assertThat(member.received).isEmpty();
		program.answer = SignalOutcome.NOT_PERMITTED;
		assertThatExceptionOfType(PermissionDeniedException.class).isThrownBy(() -> job.signal(Signal.USR1))
			.withMessageContaining("EPERM");
		program.answer = SignalOutcome.NOT_SUPPORTED;
		assertThatExceptionOfType(SysprimsException.class).isThrownBy(() -> job.signal(Signal.USR1))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(ErrorKind.NOT_SUPPORTED));
		program.answer = null;
		program.exit(0);
		assertThatExceptionOfType(NoSuchProcessException.class).isThrownBy(() -> job.signal(Signal.USR1))
			.withMessageContaining("pid " + job.pid());
		member.exit(0);
		job.await();
		assertThatExceptionOfType(NoSuchProcessException.class).isThrownBy(() -> job.signal(Signal.USR1));
	}

	@Test
	void aJobThatEndedHoldsOnToNoProcess() throws Exception {
		Job job = this.supervisor.start(JobSpec.command("fake").stdout(OutputMode.tail()).build());
		this.system.last.write(SinkOf.STDOUT, "kept");
		this.system.last.exit(0);
		job.await();
		WeakReference<FakeProcess> process = new WeakReference<>(this.system.last);
		this.system.last = null;
		ProcessFixture.awaitTrue(() -> {
			System.gc();
			return process.get() == null;
		}, "the child of an ended job is still referenced");
		assertThat(job.output().stdout()).isEqualTo("kept");
		assertThat(this.supervisor.job(job.id())).containsSame(job);
	}

	@Test
	void warningsAreTheChildsAndTheEndsWithoutRepetition() throws Exception {
		Job job = this.supervisor.start(SPEC);
		assertThat(job.warnings()).containsExactlyInAnyOrder("It is only a test.", "It is only a fake.");
		this.system.last.exit(0);
		assertThat(job.await().warnings()).containsExactlyInAnyOrder("It is only a fake.", "It is only a test.");
		assertThat(job.warnings()).isEqualTo(job.await().warnings());
	}

	@Test
	void closeWithinABudgetReturnsAlthoughATreeSurvives() throws Exception {
		this.supervisor.start(SPEC);
		FakeProcess immortal = this.system.last;
		immortal.ignored.addAll(List.of(Signal.TERM, Signal.KILL));
		CompletableFuture<Void> closed = CompletableFuture
			.runAsync(() -> this.supervisor.close(Duration.ofMillis(300)));
		closed.get(15, TimeUnit.SECONDS);
		assertThat(immortal.received).contains(Signal.TERM, Signal.KILL);
		immortal.exit(0);
	}

	@Test
	void aSecondCloseWaitsForTheFirst() throws Exception {
		this.supervisor.start(SPEC);
		this.system.last.ignored.add(Signal.TERM);
		CompletableFuture<Void> first = CompletableFuture.runAsync(this.supervisor::close);
		ProcessFixture.awaitTrue(() -> this.system.last.received.contains(Signal.TERM), "no end was begun");
		CompletableFuture<Void> second = CompletableFuture.runAsync(this.supervisor::close);
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> second.get(100, TimeUnit.MILLISECONDS));
		this.system.last.exit(0);
		second.get(20, TimeUnit.SECONDS);
		first.get(20, TimeUnit.SECONDS);
	}

	@Test
	void anInterruptCutsTheGraceOfAllWhoAreClosed() throws Exception {
		this.supervisor.start(SPEC);
		this.system.last.ignored.add(Signal.TERM);
		CompletableFuture<Boolean> flag = new CompletableFuture<>();
		Thread closer = new Thread(() -> {
			this.supervisor.close();
			flag.complete(Thread.interrupted());
		});
		closer.start();
		ProcessFixture.awaitTrue(() -> this.system.last.received.contains(Signal.TERM), "no end was begun");
		assertThat(this.system.last.received).doesNotContain(Signal.KILL);
		closer.interrupt();
		assertThat(flag.get(15, TimeUnit.SECONDS)).isTrue();
		assertThat(this.system.last.received).contains(Signal.KILL);
	}

}
