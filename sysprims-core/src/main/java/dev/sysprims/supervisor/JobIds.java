package dev.sysprims.supervisor;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids of jobs: a random word of this JVM and a number that counts over all supervisors.
 * Fit for a URL.
 */
final class JobIds {

	private static final int RADIX = Character.MAX_RADIX;

	private static final long SIX_DIGITS = (long) Math.pow(RADIX, 6);

	/** Always six characters, the first a letter or digit other than zero. */
	private static final String JVM = Long
		.toString(ThreadLocalRandom.current().nextLong(SIX_DIGITS / RADIX, SIX_DIGITS), RADIX);

	private static final AtomicLong counter = new AtomicLong();

	private JobIds() {
	}

	static long nextNumber() {
		return counter.incrementAndGet();
	}

	static String id(long number) {
		return JVM + "-" + number;
	}

}
