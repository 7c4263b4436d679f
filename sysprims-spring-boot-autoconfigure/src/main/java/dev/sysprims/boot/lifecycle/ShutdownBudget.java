package dev.sysprims.boot.lifecycle;

import java.time.Duration;

/**
 * The time in which all trees have to end when an application stops: what is left of
 * {@code spring.lifecycle.timeout-per-shutdown-phase} after a reserve in which the last
 * results are reported, so that Spring never gives up on the phase first.
 *
 * @param trees the time for all trees together, positive
 */
public record ShutdownBudget(Duration trees) {

	private static final Duration RESERVE = Duration.ofSeconds(1);

	private static final Duration SHORTEST = Duration.ofMillis(1);

	/**
	 * The budget that fits a shutdown phase.
	 * @param phaseTimeout how long Spring waits for one phase
	 * @return the phase less 1 s, or half of a phase that is shorter than 2 s
	 */
	public static ShutdownBudget of(Duration phaseTimeout) {
		Duration reserve = min(RESERVE, phaseTimeout.dividedBy(2));
		Duration trees = phaseTimeout.minus(reserve);
		return new ShutdownBudget((trees.compareTo(SHORTEST) < 0) ? SHORTEST : trees);
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

}
