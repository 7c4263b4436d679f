package dev.sysprims.process;

import java.time.Duration;

/** The ranges of durations that configurations share. */
final class Limits {

	private static final Duration LONGEST = Duration.ofDays(365);

	private Limits() {
	}

	static void requireNotNegative(String name, Duration value) {
		if (value.isNegative() || value.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(name + " " + value + " is out of range: use 0 to 365 days.");
		}
	}

	static void requirePositive(String name, Duration value) {
		if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
			throw new IllegalArgumentException(
					name + " " + value + " is out of range: use more than 0, up to 365 days.");
		}
	}

}
