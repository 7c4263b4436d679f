package dev.sysprims.os.posix;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RestartDelayTests {

	private final RestartDelay delay = new RestartDelay();

	@Test
	void theFirstDeathIsMendedAtOnce() {
		this.delay.started(0);
		assertThat(this.delay.next(1)).isZero();
	}

	@Test
	void whatKeepsDyingIsStartedEverLessOften() {
		assertThat(deathAfter(seconds(1))).isZero();
		assertThat(deathAfter(seconds(1))).isEqualTo(seconds(1));
		assertThat(deathAfter(seconds(1))).isEqualTo(seconds(2));
		for (int i = 0; i < 10; i++) {
			deathAfter(0);
		}
		assertThat(deathAfter(seconds(1))).isEqualTo(seconds(60));
	}

	@Test
	void whoLivedForAWhileIsMendedAtOnceAgain() {
		deathAfter(0);
		deathAfter(0);
		assertThat(deathAfter(seconds(10))).isZero();
		assertThat(deathAfter(0)).isEqualTo(seconds(1));
	}

	@Test
	void whatCannotBeStartedIsNotTriedAgainAtOnce() {
		assertThat(this.delay.next(0)).isEqualTo(seconds(1));
		assertThat(this.delay.next(0)).isEqualTo(seconds(2));
	}

	private long deathAfter(long nanos) {
		this.delay.started(0);
		return this.delay.next(nanos);
	}

	private static long seconds(int seconds) {
		return Duration.ofSeconds(seconds).toNanos();
	}

}
