package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineFeedTests {

	private final HandOperatedExecutor executor = new HandOperatedExecutor();

	private final List<String> seen = new ArrayList<>();

	@Test
	void deliversInOrder() {
		LineFeed feed = feed(10_000);
		IntStream.range(0, 1000).forEach((i) -> feed.offer(this.seen::add, "line " + i));
		this.executor.runAll();
		assertThat(this.seen).hasSize(1000).startsWith("line 0", "line 1").endsWith("line 999");
		assertThat(feed.dropped()).isZero();
	}

	@Test
	void dropsTheOldestAndCountsWhenTheCallbackIsTooSlow() {
		LineFeed feed = feed(3);
		IntStream.range(0, 10).forEach((i) -> feed.offer(this.seen::add, "line " + i));
		this.executor.runAll();
		assertThat(this.seen).containsExactly("line 7", "line 8", "line 9");
		assertThat(feed.dropped()).isEqualTo(7);
	}

	@Test
	void holdsFewLinesWhenTheyAreLong() {
		LineFeed feed = feed(1000);
		String megabyte = "x".repeat(1 << 20);
		IntStream.range(0, 100).forEach((i) -> feed.offer(this.seen::add, megabyte));
		this.executor.runAll();
		assertThat(this.seen).hasSize(4);
		assertThat(feed.dropped()).isEqualTo(96);
	}

	@Test
	void goesOnAfterACallbackThatThrows() {
		LineFeed feed = feed(10);
		feed.offer((line) -> {
			throw new IllegalStateException("thrown on purpose by a test");
		}, "bad");
		feed.offer(this.seen::add, "good");
		this.executor.runAll();
		assertThat(this.seen).containsExactly("good");
	}

	@Test
	void letsOthersHaveTheirTurnInTheMiddleOfMuchOutput() {
		LineFeed feed = feed(10_000);
		IntStream.range(0, 1000).forEach((i) -> feed.offer(this.seen::add, "line"));
		this.executor.execute(() -> this.seen.add("other"));
		this.executor.runAll();
		assertThat(this.seen.indexOf("other")).isBetween(1, 500);
	}

	@Test
	void waitsForTheLinesThatAreHere() {
		LineFeed feed = new LineFeed((task) -> CompletableFuture.runAsync(task), 10, "the test");
		CountDownLatch release = new CountDownLatch(1);
		feed.offer((line) -> awaitQuietly(release), "one");
		feed.offer(this.seen::add, "two");
		CompletableFuture<Void> waiter = CompletableFuture.runAsync(() -> feed.awaitDelivery(Duration.ofSeconds(20)));
		release.countDown();
		waiter.join();
		assertThat(this.seen).containsExactly("two");
	}

	@Test
	void waitsOnlyAMomentForASlowCallback() {
		Executor never = (task) -> {
		};
		LineFeed feed = new LineFeed(never, 10, "the test");
		feed.offer(this.seen::add, "one");
		feed.awaitDelivery(Duration.ofMillis(20));
		assertThat(this.seen).isEmpty();
	}

	@Test
	void doesNotWaitInsideItsOwnCallback() {
		LineFeed feed = feed(10);
		feed.offer((line) -> feed.awaitDelivery(Duration.ofDays(1)), "one");
		this.executor.runAll();
		assertThat(this.executor.waiting()).isZero();
	}

	@Test
	void keepsTheInterruptOfWhoWaits() {
		LineFeed feed = feed(10);
		feed.offer(this.seen::add, "one");
		Thread.currentThread().interrupt();
		feed.awaitDelivery(Duration.ofDays(1));
		assertThat(Thread.interrupted()).isTrue();
	}

	private LineFeed feed(int size) {
		return new LineFeed(this.executor, size, "the test");
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
