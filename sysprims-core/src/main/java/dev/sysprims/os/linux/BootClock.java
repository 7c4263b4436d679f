package dev.sysprims.os.linux;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Turns ticks since boot into times for people. The moment of the boot is the wall clock
 * minus {@code CLOCK_BOOTTIME}, measured at each question, because the wall clock can be
 * stepped; {@code btime} in {@code /proc/stat} has whole seconds only and
 * {@code /proc/uptime} hundredths. Thread-safe.
 */
final class BootClock {

	/**
	 * Half a tick. Less than that is the jitter of measuring or a clock that is being
	 * slewed, and is left out, so that a process shows one start time and not two.
	 */
	private static final long NOISE_MILLIS = 5;

	private final Clock wall;

	private final LongSupplier bootNanos;

	private final long ticksPerSecond;

	private volatile long bootMillis = Long.MIN_VALUE;

	/**
	 * A clock.
	 * @param wall the wall clock
	 * @param bootNanos reads {@code CLOCK_BOOTTIME}
	 * @param ticksPerSecond the unit of start times
	 */
	BootClock(Clock wall, LongSupplier bootNanos, long ticksPerSecond) {
		this.wall = wall;
		this.bootNanos = bootNanos;
		this.ticksPerSecond = ticksPerSecond;
	}

	/** The wall clock's time at this tick, in whole milliseconds. */
	Instant at(long ticks) {
		long measured = measureBootMillis();
		long known = this.bootMillis;
		if (known == Long.MIN_VALUE || Math.abs(measured - known) >= NOISE_MILLIS) {
			this.bootMillis = measured;
			known = measured;
		}
		return Instant.ofEpochMilli(known).plus(length(ticks));
	}

	/** The time from this tick until now; never negative. */
	Duration since(long ticks) {
		Duration since = Duration.ofNanos(this.bootNanos.getAsLong()).minus(length(ticks));
		return since.isNegative() ? Duration.ZERO : since;
	}

	/** How long so many ticks are. */
	Duration length(long ticks) {
		return Duration.ofSeconds(ticks / this.ticksPerSecond)
			.plusNanos(ticks % this.ticksPerSecond * 1_000_000_000 / this.ticksPerSecond);
	}

	private long measureBootMillis() {
		long best = Long.MAX_VALUE;
		long bootMillis = 0;
		// A thread that loses its processor between two readings measures nonsense.
		for (int i = 0; i < 3 && best > 1_000_000; i++) {
			long before = this.bootNanos.getAsLong();
			Instant now = this.wall.instant();
			long took = this.bootNanos.getAsLong() - before;
			if (took < best) {
				best = took;
				bootMillis = now.minusNanos(before + took / 2).toEpochMilli();
			}
		}
		return bootMillis;
	}

}
