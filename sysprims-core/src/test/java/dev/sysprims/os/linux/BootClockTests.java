package dev.sysprims.os.linux;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BootClockTests {

	private static final Instant BOOT = Instant.parse("2026-01-01T00:00:00.123Z");

	private final SteppedClock wall = new SteppedClock();

	private long bootNanos = Duration.ofHours(1).toNanos();

	private final BootClock clock = new BootClock(this.wall, () -> this.bootNanos, 100);

	@Test
	void aTickIsTenMilliseconds() {
		assertThat(this.clock.at(0)).isEqualTo(BOOT);
		assertThat(this.clock.at(12_345)).isEqualTo(BOOT.plusMillis(123_450));
		assertThat(this.clock.since(12_345)).isEqualTo(Duration.ofHours(1).minusMillis(123_450));
	}

	@Test
	void ticksOfAnotherLength() {
		BootClock alpha = new BootClock(this.wall, () -> this.bootNanos, 1024);
		assertThat(alpha.length(1024 * 5 + 512)).isEqualTo(Duration.ofMillis(5500));
	}

	@Test
	void lifetimesOfYearsDoNotOverflow() {
		assertThat(this.clock.length(Long.MAX_VALUE / 1000)).isPositive();
	}

	@Test
	void aStartInTheFutureIsZeroAgo() {
		assertThat(this.clock.since(Duration.ofHours(2).toMillis() / 10)).isEqualTo(Duration.ZERO);
	}

	@Test
	void aSlewedClockDoesNotMoveTheStart() {
		Instant start = this.clock.at(100);
		this.wall.step = Duration.ofMillis(3);
		assertThat(this.clock.at(100)).isEqualTo(start);
		this.wall.step = Duration.ofMillis(-3);
		assertThat(this.clock.at(100)).isEqualTo(start);
	}

	@Test
	void aSteppedClockMovesTheStartWithIt() {
		Instant start = this.clock.at(100);
		this.wall.step = Duration.ofSeconds(-7);
		assertThat(this.clock.at(100)).isEqualTo(start.minusSeconds(7));
	}

	private final class SteppedClock extends Clock {

		private Duration step = Duration.ZERO;

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Instant instant() {
			return BOOT.plusNanos(BootClockTests.this.bootNanos).plus(this.step);
		}

	}

}
