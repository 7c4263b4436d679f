package dev.sysprims.supervisor;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** What a supervisor promises over all its jobs. */
class SupervisorIntegrationTests extends RealJobs {

	@Override
	ProcessSupervisor.Builder configure(ProcessSupervisor.Builder builder) {
		return super.configure(builder).historySize(5);
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ProcessSupervisor.builder().graceTimeout(Duration.ofNanos(-1)).build())
			.withMessageContaining("graceTimeout");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ProcessSupervisor.builder().killTimeout(Duration.ZERO).build())
			.withMessageContaining("killTimeout");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessSupervisor.builder().historySize(-1).build())
			.withMessageContaining("historySize");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessSupervisor.builder().tailSize(0).build())
			.withMessageContaining("tailSize");
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessSupervisor.builder().lineQueueSize(0).build())
			.withMessageContaining("lineQueueSize");
		assertThatIllegalArgumentException().isThrownBy(() -> this.supervisor.close(Duration.ZERO))
			.withMessageContaining("budget");
	}

	@Test
	void closeEndsEveryTreeAllInParallel() {
		List<LiveProcess> all = new ArrayList<>();
		List<Job> jobs = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			jobs.add(this.supervisor.start(stubborn("it" + i).graceTimeout(Duration.ofSeconds(1)).build()));
		}
		IntStream.range(0, 8).forEach((i) -> all.add(this.fixture.await("it" + i)));
		long before = System.nanoTime();
		this.supervisor.close();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).as("one grace, not eight")
			.isBetween(Duration.ofSeconds(1), Duration.ofSeconds(7));
		assertThat(all).noneMatch(LiveProcess::isAlive);
		assertThat(jobs).allMatch((job) -> job.state() == JobState.ENDED);
		assertThat(this.supervisor.totals().terminated()).isEqualTo(8);
		assertThat(this.supervisor.isClosed()).isTrue();
		assertThatIllegalStateException().isThrownBy(() -> this.supervisor.start(script("exit 0").build()));
		this.supervisor.close();
	}

	@Test
	void closeWithinABudgetCutsEveryGrace() {
		this.supervisor.start(stubborn("it").graceTimeout(Duration.ofHours(1)).build());
		this.supervisor.start(script("announce polite; exec sleep 60").build());
		LiveProcess it = this.fixture.await("it");
		LiveProcess polite = this.fixture.await("polite");
		long before = System.nanoTime();
		this.supervisor.close(Duration.ofSeconds(5));
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThanOrEqualTo(Duration.ofSeconds(5));
		assertThat(isAlive(it, polite)).isFalse();
		assertThat(this.supervisor.totals().escalated()).isOne();
	}

	@Test
	void closeWhileJobsAreBeingStartedLeavesNobody() throws Exception {
		CountDownLatch some = new CountDownLatch(6);
		List<Interruptible<Job>> starters = new ArrayList<>();
		for (int t = 0; t < 4; t++) {
			int thread = t;
			starters.add(onAThread(() -> {
				Job last = null;
				try {
					for (int i = 0; i < 1000; i++) {
						last = this.supervisor
							.start(script("announce t" + thread + "-" + i + "; exec sleep 60").build());
						some.countDown();
					}
				}
				catch (IllegalStateException ex) {
					assertThat(ex).hasMessageContaining("closed");
				}
				return last;
			}));
		}
		some.await();
		this.supervisor.close();
		for (Interruptible<Job> starter : starters) {
			Job last = starter.outcome().join();
			assertThat(last.await().outcome()).isEqualTo(JobOutcome.TERMINATED);
		}
		assertThat(this.fixture.survivors()).isEmpty();
		JobTotals totals = this.supervisor.totals();
		assertThat(totals.active()).isZero();
		assertThat(totals.terminated()).isEqualTo(totals.started());
	}

	@Test
	void theHistoryIsBoundedAndTheNewestComeFirst() throws InterruptedException {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			Job job = this.supervisor.start(script("exit 0").build());
			job.await();
			ids.add(0, job.id());
		}
		Job live = this.supervisor.start(script("announce it; exec sleep 60").build());
		this.fixture.await("it");
		List<String> expected = new ArrayList<>(List.of(live.id()));
		expected.addAll(ids.subList(0, 5));
		assertThat(this.supervisor.jobs()).extracting(Job::id).containsExactlyElementsOf(expected);
		assertThat(this.supervisor.job(ids.get(7))).isEmpty();
		assertThat(this.supervisor.job(ids.get(0))).isPresent();
		live.terminate();
	}

	@Test
	void totalsCountEveryOutcomeOnce() throws InterruptedException {
		this.supervisor.run(script("exit 0").build());
		this.supervisor.run(script("exit 1").build());
		this.supervisor.run(script("exit 2").build());
		this.supervisor.run(script("exec sleep 60").timeout(SHORT).build());
		Job job = this.supervisor.start(stubborn("it").graceTimeout(SHORT).build());
		this.fixture.await("it");
		assertThat(this.supervisor.totals()).isEqualTo(new JobTotals(5, 1, 1, 2, 1, 0, 0, 0, 0));
		job.terminate();
		assertThat(this.supervisor.totals()).isEqualTo(new JobTotals(5, 0, 1, 2, 1, 1, 0, 1, 0));
	}

	@Test
	void listenersHearOfEachJobInOrder() throws InterruptedException {
		ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
		this.supervisor.addListener(new JobListener() {

			@Override
			public void started(Job job, Duration spawnTime) {
				assertThat(spawnTime).isPositive();
				told.add(job.name() + " started");
			}

			@Override
			public void ending(Job job) {
				told.add(job.name() + " ending");
			}

			@Override
			public void ended(Job job, JobResult result) {
				told.add(job.name() + " ended " + result.outcome());
			}

		});
		for (int i = 0; i < 10; i++) {
			this.supervisor.run(script("exec sleep 60").name("t" + i).timeout(Duration.ofMillis(50)).build());
			this.supervisor.run(script("exit 0").name("s" + i).build());
		}
		ProcessFixture.awaitTrue(() -> told.size() == 50, "events are missing: " + told);
		for (int i = 0; i < 10; i++) {
			String t = "t" + i + " ";
			String s = "s" + i + " ";
			assertThat(told).filteredOn((event) -> event.startsWith(t))
				.containsExactly(t + "started", t + "ending", t + "ended TIMED_OUT");
			assertThat(told).filteredOn((event) -> event.startsWith(s))
				.containsExactly(s + "started", s + "ended SUCCEEDED");
		}
	}

	@Test
	void aListenerMayUseTheJobItIsToldOf() throws InterruptedException {
		ConcurrentLinkedQueue<JobOutcome> seen = new ConcurrentLinkedQueue<>();
		this.supervisor.addListener(new JobListener() {

			@Override
			public void started(Job job, Duration spawnTime) {
				seen.add(job.terminate().outcome());
			}

		});
		assertThat(this.supervisor.run(script("exec sleep 60").build()).outcome()).isEqualTo(JobOutcome.TERMINATED);
		ProcessFixture.awaitTrue(() -> !seen.isEmpty(), "the listener did not get its result");
		assertThat(seen).containsExactly(JobOutcome.TERMINATED);
	}

	@Test
	void aTimeoutEndsTheWholeTree() throws InterruptedException {
		Job job = this.supervisor.start(script("""
				sh -c '. "$0"; announce member; exec sleep 60' "$FIXTURE" &
				announce top; wait""").timeout(Duration.ofSeconds(1)).build());
		JobResult result = job.await();
		assertThat(result.outcome()).isEqualTo(JobOutcome.TIMED_OUT);
		assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		assertThat(this.fixture.survivors()).isEmpty();
	}

	@Test
	void twoThousandShortJobsLeaveNothingOpenAndNothingRunning() throws InterruptedException {
		shortJobs(100);
		long descriptors = openDescriptors();
		int threads = threads();
		shortJobs(2000);
		ProcessFixture.awaitTrue(() -> openDescriptors() <= descriptors + 2, "descriptors grow");
		ProcessFixture.awaitTrue(() -> threads() <= threads + 2, "threads grow");
		assertThat(ProcessHandle.current().children().filter((child) -> child.info().command().isEmpty())).isEmpty();
		assertThat(this.supervisor.totals()).isEqualTo(new JobTotals(2100, 0, 2100, 0, 0, 0, 0, 0, 0));
		assertThat(this.supervisor.jobs()).hasSize(5);
	}

	/** Fifty at a time, half of them with pipes that nobody reads. */
	private void shortJobs(int count) throws InterruptedException {
		for (int i = 0; i < count; i += 50) {
			List<Job> jobs = new ArrayList<>();
			for (int j = 0; j < 50; j++) {
				JobSpec.Builder job = JobSpec.command("true");
				jobs.add(this.supervisor.start(((j % 2 == 0) ? job : job.piped()).build()));
			}
			for (Job job : jobs) {
				assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
			}
		}
	}

	@Test
	void tenThousandWaitsCostNothingThatStays() throws InterruptedException {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").build());
		this.fixture.await("it");
		long descriptors = openDescriptors();
		for (int i = 0; i < 5_000; i++) {
			assertThat(job.await(Duration.ofNanos(1 + i % 1000))).isEmpty();
			assertThat(job.toProcess().waitFor(1, TimeUnit.MICROSECONDS)).isFalse();
		}
		assertThat(openDescriptors()).isLessThanOrEqualTo(descriptors + 2);
		job.terminate();
	}

	@Test
	void aLiveJobCostsNoThread() throws InterruptedException {
		assumeHas(Capability.NO_THREAD_PER_CHILD);
		shortJobs(50);
		int threads = threads();
		for (int i = 0; i < 100; i++) {
			this.supervisor.start(JobSpec.command("sleep", "60").timeout(LONG).build());
		}
		assertThat(threads()).isLessThanOrEqualTo(threads + 3);
		this.supervisor.close();
		assertThat(this.supervisor.totals().terminated()).isEqualTo(100);
	}

	private static int threads() {
		return ManagementFactory.getThreadMXBean().getThreadCount();
	}

	private static long openDescriptors() {
		String[] open = new File("/proc/self/fd").list();
		return (open != null) ? open.length : -1;
	}

}
