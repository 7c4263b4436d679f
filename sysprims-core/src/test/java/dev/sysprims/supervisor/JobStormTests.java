package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.tree.ProcessTrees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that end by themselves, spawns that take their time, timeouts, requests to end
 * and a close, all at once and in an order drawn from a seed: whatever comes first, each
 * job ends once, is told once, and is counted once.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class JobStormTests {

	private static final int THREADS = 6;

	private static final int JOBS_PER_THREAD = 150;

	@Test
	void everyJobEndsOnceIsToldOnceAndCountedOnce() throws Exception {
		long seed = System.nanoTime();
		FakeSystem system = new FakeSystem();
		Map<String, ConcurrentLinkedQueue<String>> told = new ConcurrentHashMap<>();
		ProcessSupervisor supervisor = ProcessSupervisor.builder()
			.graceTimeout(Duration.ofMillis(20))
			.killTimeout(Duration.ofSeconds(5))
			.historySize(10_000)
			.shutdownHook(false)
			.listener(listener(told))
			.build(new ProcessTrees(system));
		List<CompletableFuture<Void>> threads = new ArrayList<>();
		ConcurrentLinkedQueue<Job> jobs = new ConcurrentLinkedQueue<>();
		for (int t = 0; t < THREADS; t++) {
			Random random = new Random(seed + t);
			threads.add(CompletableFuture.runAsync(() -> {
				try {
					for (int i = 0; i < JOBS_PER_THREAD; i++) {
						jobs.add(one(system, supervisor, random));
					}
				}
				catch (IllegalStateException ex) {
					assertThat(ex).hasMessageContaining("closed");
				}
			}, (task) -> new Thread(task).start()));
		}
		ProcessFixture.awaitTrue(() -> jobs.size() > THREADS * JOBS_PER_THREAD / 2, "seed " + seed + ": no progress");
		supervisor.close();
		CompletableFuture.allOf(threads.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
		for (Job job : jobs) {
			JobResult result = job.completion().get(20, TimeUnit.SECONDS);
			assertThat(job.state()).as("seed %s", seed).isEqualTo(JobState.ENDED);
			assertThat(job.await()).as("seed %s", seed).isSameAs(result);
			ConcurrentLinkedQueue<String> events = told.get(job.id());
			ProcessFixture.awaitTrue(() -> events.contains("ended"), "seed " + seed + ": no end told of " + job);
			assertThat(events).as("seed %s", seed).doesNotHaveDuplicates().startsWith("started").endsWith("ended");
			assertThat(events.contains("ending")).as("seed %s, %s", seed, result)
				.isEqualTo(result.termination() != null);
		}
		JobTotals totals = supervisor.totals();
		assertThat(totals.started()).as("seed %s", seed).isEqualTo(jobs.size());
		assertThat(totals.active()).isZero();
		assertThat(totals.succeeded() + totals.failed() + totals.timedOut() + totals.terminated() + totals.lost())
			.isEqualTo(jobs.size());
		assertThat(supervisor.jobs()).hasSameSizeAs(jobs);
		assertThat(system.table().entries()).as("seed %s: nothing is left", seed).isEmpty();
	}

	private static Job one(FakeSystem system, ProcessSupervisor supervisor, Random random) {
		FakeProcess process = system.process();
		if (random.nextInt(4) == 0) {
			process.ignored.add(Signal.TERM);
		}
		JobSpec.Builder spec = JobSpec.command("fake");
		if (random.nextInt(3) == 0) {
			spec.timeout(Duration.ofNanos(1 + random.nextInt(3_000_000)));
		}
		int exit = random.nextInt(4);
		if (exit == 0) {
			process.exit(0);
		}
		system.nextSpawn((random.nextBoolean()) ? CompletableFuture.completedFuture(process)
				: later(process, random.nextInt(2)));
		Job job = supervisor.start(spec.build());
		if (exit == 1) {
			ForkJoinPool.commonPool().execute(() -> process.exit(1));
		}
		switch (random.nextInt(4)) {
			case 0 -> job.terminate();
			case 1 -> job.toProcess().destroy();
			case 2 -> ForkJoinPool.commonPool()
				.execute(() -> job.terminate(TerminateTreeConfig.builder().graceTimeout(Duration.ZERO).build()));
			default -> process.exit(3);
		}
		return job;
	}

	private static CompletableFuture<FakeProcess> later(FakeProcess process, int millis) {
		return CompletableFuture.supplyAsync(() -> process,
				CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
	}

	private static JobListener listener(Map<String, ConcurrentLinkedQueue<String>> told) {
		return new JobListener() {

			@Override
			public void started(Job job, Duration spawnTime) {
				tell(job, "started");
			}

			@Override
			public void ending(Job job) {
				tell(job, "ending");
			}

			@Override
			public void ended(Job job, JobResult result) {
				tell(job, "ended");
			}

			private void tell(Job job, String event) {
				told.computeIfAbsent(job.id(), (id) -> new ConcurrentLinkedQueue<>()).add(event);
			}

		};
	}

}
