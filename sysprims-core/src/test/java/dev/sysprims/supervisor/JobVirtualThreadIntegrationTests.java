package dev.sysprims.supervisor;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.LiveProcess;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Callers on virtual threads, where the JDK has them. */
class JobVirtualThreadIntegrationTests extends RealJobs {

	@Test
	void manyMoreVirtualThreadsThanCarriersWaitAtOnce() throws Exception {
		Job job = this.supervisor.start(script("announce it; read line").piped().build());
		this.fixture.await("it");
		int count = 200;
		CountDownLatch waiting = new CountDownLatch(count);
		List<CompletableFuture<Object>> results = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int how = i % 4;
			CompletableFuture<Object> result = new CompletableFuture<>();
			results.add(result);
			startVirtualThread(() -> {
				waiting.countDown();
				try {
					result.complete(switch (how) {
						case 0 -> job.await();
						case 1 -> job.await(LONG).orElseThrow();
						case 2 -> job.toProcess().waitFor();
						default -> job.completion().join();
					});
				}
				catch (Exception ex) {
					result.completeExceptionally(ex);
				}
			});
		}
		assertThat(waiting.await(20, TimeUnit.SECONDS)).as("no carrier is pinned by those who wait").isTrue();
		// A carrier must still be free for this one.
		CompletableFuture<Void> another = new CompletableFuture<>();
		startVirtualThread(() -> another.complete(null));
		another.get(20, TimeUnit.SECONDS);
		job.stdin().close();
		CompletableFuture.allOf(results.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
	}

	@Test
	void jobsStartedOnVirtualThreadsOutliveThem() throws Exception {
		CompletableFuture<Job> started = new CompletableFuture<>();
		Thread thread = startVirtualThread(
				() -> started.complete(this.supervisor.start(script("announce it; exec sleep 60").build())));
		thread.join();
		LiveProcess it = this.fixture.await("it");
		assertThat(started.join().await(SHORT)).isEmpty();
		assertThat(it.isAlive()).isTrue();
		started.join().terminate();
	}

	@Test
	void anInterruptOfAVirtualThreadEndsTheTree() throws Exception {
		CompletableFuture<Object> outcome = new CompletableFuture<>();
		Thread thread = startVirtualThread(() -> {
			try {
				outcome.complete(this.supervisor.run(script("announce it; exec sleep 60").build()));
			}
			catch (InterruptedException ex) {
				outcome.complete(ex);
			}
		});
		LiveProcess it = this.fixture.await("it");
		thread.interrupt();
		assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
		assertThat(it.isAlive()).isFalse();
	}

	private static Thread startVirtualThread(Runnable task) throws ReflectiveOperationException {
		Method start;
		try {
			start = Thread.class.getMethod("startVirtualThread", Runnable.class);
		}
		catch (NoSuchMethodException ex) {
			Assumptions.abort("NOT TRIED: JDK " + Runtime.version().feature()
					+ " has no virtual threads. Run the tests on 21 or newer too.");
			throw ex;
		}
		return (Thread) start.invoke(null, task);
	}

}
