package dev.sysprims.supervisor;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.SweeperThread;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackExecutorTests {

	private final SweeperThread sweeper = new SweeperThread(() -> new ProcessTable(List.of()));

	@Test
	void runsOnDaemonThreadsOfItsOwnByDefault() {
		Thread ran = ranOn(null);
		assertThat(ran.isDaemon()).isTrue();
		assertThat(ran.getName()).startsWith("sysprims-callback-");
	}

	@Test
	void usesTheGivenExecutor() {
		AtomicReference<Thread> given = new AtomicReference<>();
		Thread ran = ranOn((task) -> {
			Thread thread = new Thread(task, "given");
			given.set(thread);
			thread.start();
		});
		assertThat(ran).isSameAs(given.get());
	}

	@Test
	void runsElsewhereWhatTheGivenExecutorRejects() {
		Thread ran = ranOn((task) -> {
			throw new RejectedExecutionException("full");
		});
		assertThat(ran.getName()).startsWith("sysprims-callback-");
	}

	@Test
	void neverRunsInTheCaller() {
		Thread ran = ranOn(Runnable::run);
		assertThat(ran).isNotSameAs(Thread.currentThread());
		assertThat(ran.getName()).startsWith("sysprims-callback-");
	}

	@Test
	void runsOnceWhatAnExecutorTookAndRefused() {
		HandOperatedExecutor kept = new HandOperatedExecutor();
		Executor both = (task) -> {
			kept.execute(task);
			throw new RejectedExecutionException("no, or yes");
		};
		AtomicInteger runs = new AtomicInteger();
		CompletableFuture<Void> ran = new CompletableFuture<>();
		new CallbackExecutor(both, this.sweeper).execute(() -> {
			runs.incrementAndGet();
			ran.complete(null);
		});
		ran.join();
		kept.runAll();
		assertThat(runs).hasValue(1);
	}

	@Test
	void triesAgainWhenNoThreadIsToBeHad() throws InterruptedException {
		AtomicInteger attempts = new AtomicInteger();
		CountDownLatch ran = new CountDownLatch(1);
		CallbackExecutor executor = new CallbackExecutor(null, this.sweeper, (task) -> {
			if (attempts.incrementAndGet() == 1) {
				throw new OutOfMemoryError("unable to create native thread, says a test");
			}
			new Thread(task).start();
		});
		executor.execute(ran::countDown);
		assertThat(ran.await(20, TimeUnit.SECONDS)).isTrue();
		assertThat(attempts).hasValue(2);
	}

	@Test
	void hasFewThreads() {
		assertThat(new CallbackThreads().maximumSize())
			.isEqualTo(Math.max(2, Runtime.getRuntime().availableProcessors()));
	}

	private Thread ranOn(Executor given) {
		CompletableFuture<Thread> ran = new CompletableFuture<>();
		new CallbackExecutor(given, this.sweeper).execute(() -> ran.complete(Thread.currentThread()));
		return ran.orTimeout(20, TimeUnit.SECONDS).join();
	}

}
