package dev.sysprims.soak;

import java.time.Duration;

/**
 * How much is done. With {@code -Dsysprims.soak} what a figure is quoted for; without it,
 * in each build, the same on a small scale.
 */
final class Soak {

	static final boolean FULL = Boolean.getBoolean("sysprims.soak");

	private Soak() {
	}

	static int scale(int small, int full) {
		return FULL ? full : small;
	}

	/** The bound that is quoted; a build does not have its machine to itself. */
	static Duration bound(Duration quoted) {
		return FULL ? quoted : quoted.multipliedBy(5);
	}

	/** What a run has shown, for whoever quotes it. */
	static void tell(String figure, Object... parts) {
		System.out.println("FIGURE " + figure.formatted(parts));
	}

}
