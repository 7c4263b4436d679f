package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.TreeMember;
import dev.sysprims.tree.ProcessTrees;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;

/** Listeners, executors and futures of others, and what they may do to a job. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class JobCallbacksTests {

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
	void anExecutorThatThrowsErrorsDisturbsNoJob() {
		ProcessSupervisor broken = ProcessSupervisor.builder().shutdownHook(false).listener(new JobListener() {
		}).executor((task) -> {
			throw new StackOverflowError("not even an executor, says a test");
		}).build(this.trees);
		Job job = broken.start(SPEC);
		broken.close();
		assertThat(job.state()).isEqualTo(JobState.ENDED);
	}

	@Test
	void aListenerMaySendAnotherOneAlongWithAJob() {
		ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
		this.supervisor.addListener(new JobListener() {

			@Override
			public JobListener starting(JobSpec spec) {
				told.add(spec.name() + " starting on " + Thread.currentThread().getName());
				return new JobListener() {

					@Override
					public void ended(Job job, JobResult result) {
						told.add(job.name() + " ended");
					}

				};
			}

			@Override
			public void ended(Job job, JobResult result) {
				told.add("told the wrong one");
			}

		});
		Job job = this.supervisor.start(SPEC);
		this.supervisor.addListener(new JobListener() {

			@Override
			public void ended(Job job, JobResult result) {
				told.add("told one that came later");
			}

		});
		this.system.last.exit(0);
		ProcessFixture.awaitTrue(() -> told.size() == 3, "not told: " + told + " of " + job);
		assertThat(told).containsExactly("fake starting on " + Thread.currentThread().getName(), "fake ended",
				"told one that came later");
	}

	@Test
	void aListenerThatFailsAtTheStartDisturbsNothing() throws Exception {
		CompletableFuture<JobResult> told = new CompletableFuture<>();
		this.supervisor.addListener(new JobListener() {

			@Override
			public JobListener starting(JobSpec spec) {
				throw new IllegalStateException("thrown on purpose by a test");
			}

			@Override
			public void ended(Job job, JobResult result) {
				told.complete(result);
			}

		});
		this.supervisor.start(SPEC);
		this.system.last.exit(0);
		assertThat(told.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(JobOutcome.SUCCEEDED);
	}

	@Test
	void aMemberWhoseNumberWasReusedIsToldToListeners() {
		ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
		this.supervisor.addListener(new JobListener() {

			@Override
			public void identityMismatch(Job job, TreeMember member) {
				told.add("mismatch " + member.identity().pid());
			}

			@Override
			public void ended(Job job, JobResult result) {
				told.add("ended");
			}

		});
		Job job = this.supervisor.start(JobSpec.command("fake").graceTimeout(Duration.ofMillis(10)).build());
		FakeProcess stranger = this.system.sessionMember(this.system.last);
		stranger.answer = SignalOutcome.REUSED;
		job.terminate();
		ProcessFixture.awaitTrue(() -> told.contains("ended"), "the end was not told");
		assertThat(told).containsExactly("mismatch " + stranger.key().pid(), "ended");
		assertThat(stranger.received).isEmpty();
		this.system.gone(stranger);
	}

	@Test
	void completionIsACopyThatChangesNothing() throws Exception {
		Job job = this.supervisor.start(SPEC);
		CompletableFuture<JobResult> first = job.completion();
		CompletableFuture<JobResult> second = job.completion();
		assertThat(first).isNotSameAs(second);
		first.cancel(true);
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		this.system.last.exit(0);
		assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(job.await());
	}

	@Test
	void dependentsRunOnTheExecutor() throws Exception {
		Job job = this.supervisor.start(SPEC);
		CompletableFuture<String> thread = job.completion().thenApply((result) -> Thread.currentThread().getName());
		this.system.last.exit(0);
		assertThat(thread.get(20, TimeUnit.SECONDS)).startsWith("sysprims-callback-");
	}

	@Test
	void anExecutorThatRejectsLosesNoCompletion() throws Exception {
		try (ProcessSupervisor rejecting = ProcessSupervisor.builder().shutdownHook(false).executor((task) -> {
			throw new RejectedExecutionException("full");
		}).build(this.trees)) {
			Job job = rejecting.start(SPEC);
			CompletableFuture<String> thread = job.completion().thenApply((result) -> Thread.currentThread().getName());
			this.system.last.exit(0);
			assertThat(thread.get(20, TimeUnit.SECONDS)).startsWith("sysprims-callback-");
		}
	}

	@Test
	void aCallbackThatBlocksHoldsUpNoEnd() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		this.supervisor.addListener(new JobListener() {

			@Override
			public void started(Job job, Duration spawnTime) {
				try {
					release.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}

		});
		for (int i = 0; i < 10; i++) {
			Job job = this.supervisor.start(SPEC);
			this.system.last.exit(0);
			assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		}
		release.countDown();
	}

}
