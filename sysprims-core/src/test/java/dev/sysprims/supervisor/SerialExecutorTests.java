package dev.sysprims.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SerialExecutorTests {

	@Test
	void runsTasksInOrderAndOneAtATime() throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		SerialExecutor serial = new SerialExecutor(threads, "the test");
		List<Integer> seen = new ArrayList<>();
		AtomicInteger running = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CountDownLatch done = new CountDownLatch(1000);
		for (int i = 0; i < 1000; i++) {
			int number = i;
			serial.execute(() -> {
				most.accumulateAndGet(running.incrementAndGet(), Math::max);
				seen.add(number);
				running.decrementAndGet();
				done.countDown();
			});
		}
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		threads.shutdown();
		assertThat(seen).hasSize(1000).isSorted();
		assertThat(most).hasValue(1);
	}

	@Test
	void goesOnAfterATaskThatThrows() {
		HandOperatedExecutor executor = new HandOperatedExecutor();
		SerialExecutor serial = new SerialExecutor(executor, "the test");
		List<String> seen = new ArrayList<>();
		serial.execute(() -> {
			throw new IllegalStateException("thrown on purpose by a test");
		});
		serial.execute(() -> {
			throw new AssertionError("thrown on purpose by a test");
		});
		serial.execute(() -> seen.add("next"));
		executor.runAll();
		assertThat(seen).containsExactly("next");
	}

	@Test
	void givesOthersTheirTurnAfterEachTask() {
		HandOperatedExecutor executor = new HandOperatedExecutor();
		List<String> seen = new ArrayList<>();
		SerialExecutor busy = new SerialExecutor(executor, "a busy job");
		SerialExecutor other = new SerialExecutor(executor, "another job");
		busy.execute(() -> seen.add("busy 1"));
		busy.execute(() -> seen.add("busy 2"));
		other.execute(() -> seen.add("other"));
		executor.runAll();
		assertThat(seen).containsExactly("busy 1", "other", "busy 2");
	}

	@Test
	void takesNoPlaceInTheSharedQueueWhileIdle() {
		HandOperatedExecutor executor = new HandOperatedExecutor();
		SerialExecutor serial = new SerialExecutor(executor, "the test");
		serial.execute(() -> {
		});
		serial.execute(() -> {
		});
		assertThat(executor.waiting()).isEqualTo(1);
		executor.runAll();
		assertThat(executor.waiting()).isZero();
	}

}
