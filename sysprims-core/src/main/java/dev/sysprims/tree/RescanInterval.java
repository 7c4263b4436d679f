package dev.sysprims.tree;

import java.time.Duration;

/** How often a tree is looked over again where no event tells of a change. */
final class RescanInterval {

	static final Duration SHORTEST = Duration.ofMillis(10);

	static final Duration LONGEST = Duration.ofMillis(100);

	/**
	 * For members beyond those that are watched, of a job that waits for its leftovers.
	 */
	static final Duration WHILE_WAITING = Duration.ofSeconds(1);

	private RescanInterval() {
	}

	static Duration after(Duration last) {
		Duration doubled = last.multipliedBy(2);
		return (doubled.compareTo(LONGEST) < 0) ? doubled : LONGEST;
	}

}
