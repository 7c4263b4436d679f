package dev.sysprims.sample;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

import dev.sysprims.process.ProcessInfo;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentTreesTests {

	private long now;

	private final RecentTrees trees = new RecentTrees(() -> this.now);

	private final AtomicInteger readings = new AtomicInteger();

	private final Supplier<List<ProcessInfo>> source = () -> {
		this.readings.incrementAndGet();
		return List.of();
	};

	@Test
	void aTreeIsReadOnceForAllWhoAskSoonAfter() {
		this.trees.of("job", this.source);
		this.now += RecentTrees.OLDEST.toNanos() - 1;
		this.trees.of("job", this.source);
		assertThat(this.readings).hasValue(1);
	}

	@Test
	void anOldReadingIsRenewed() {
		this.trees.of("job", this.source);
		this.now += RecentTrees.OLDEST.toNanos();
		this.trees.of("job", this.source);
		assertThat(this.readings).hasValue(2);
	}

	@Test
	void eachJobHasItsOwnReadingUntilItIsForgotten() {
		this.trees.of("one", this.source);
		this.trees.of("other", this.source);
		this.trees.forgetAllBut(Set.of("one"));
		this.trees.of("one", this.source);
		this.trees.of("other", this.source);
		assertThat(this.readings).hasValue(3);
	}

	@Test
	void whoeverAsksWhileATreeIsReadSharesThatReading() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		ExecutorService tabs = Executors.newFixedThreadPool(4);
		try {
			List<CompletableFuture<Void>> asked = Stream
				.generate(() -> CompletableFuture.runAsync(() -> this.trees.of("job", () -> {
					begun.countDown();
					awaitBounded(mayEnd);
					return this.source.get();
				}), tabs))
				.limit(4)
				.toList();
			assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
			mayEnd.countDown();
			for (CompletableFuture<Void> each : asked) {
				each.get(10, TimeUnit.SECONDS);
			}
			assertThat(this.readings).hasValue(1);
		}
		finally {
			tabs.shutdownNow();
		}
	}

	private static void awaitBounded(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
