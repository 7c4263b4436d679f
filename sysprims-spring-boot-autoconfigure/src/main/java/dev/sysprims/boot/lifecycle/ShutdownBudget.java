package dev.sysprims.boot.lifecycle;

import java.time.Duration;

/**
 * How the time of {@code spring.lifecycle.timeout-per-shutdown-phase} is used when an
 * application stops. Something is left of it at the end, so that Spring never gives up on
 * the phase first.
 *
 * @param trees the time in which all trees have to end, positive
 * @param listeners the time after which listeners are no longer waited for, counted from
 * the same start; longer than that for the trees
 */
public record ShutdownBudget(Duration trees, Duration listeners) {

	private static final Duration RESERVE = Duration.ofSeconds(1);

	private static final Duration SHORTEST = Duration.ofMillis(1);

	/**
	 * The budget that fits a shutdown phase.
	 * @param phaseTimeout how long Spring waits for one phase
	 * @return for the trees the phase less 1 s, or half of a phase that is shorter than 2
	 * s
	 */
	public static ShutdownBudget of(Duration phaseTimeout) {
		Duration half = phaseTimeout.dividedBy(2);
		Duration reserve = (half.compareTo(RESERVE) < 0) ? half : RESERVE;
		return new ShutdownBudget(positive(phaseTimeout.minus(reserve)),
				positive(phaseTimeout.minus(reserve.dividedBy(2))));
	}

	private static Duration positive(Duration duration) {
		return (duration.compareTo(SHORTEST) < 0) ? SHORTEST : duration;
	}

}
