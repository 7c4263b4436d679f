package dev.sysprims.os;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The variable by which a descendant is recognised wherever it has gone, unless it wiped
 * its environment. A supervisor inside another one's job appends its marker, so that the
 * outer one still finds its own. Thread-safe.
 */
public final class JobMarker {

	/** The variable's name. */
	public static final String VARIABLE = "SYSPRIMS_JOB";

	/** Tells this JVM's jobs from all others, also from those of an earlier JVM. */
	private static final String JVM = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

	/** What a sweep at this JVM's death looks for. */
	public static final String SWEPT_PREFIX = JVM + "-";

	private static final String KEPT_PREFIX = "k" + JVM + "-";

	private static final char SEPARATOR = ',';

	private static final AtomicLong last = new AtomicLong();

	private JobMarker() {
	}

	/**
	 * A marker that no other job has.
	 * @param atJvmDeath whether a sweep at this JVM's death is to find it
	 * @return the marker, of letters, digits and a hyphen
	 */
	public static String next(AtJvmDeath atJvmDeath) {
		return ((atJvmDeath == AtJvmDeath.END) ? SWEPT_PREFIX : KEPT_PREFIX) + last.incrementAndGet();
	}

	/**
	 * The variable's value for a new job.
	 * @param inherited the value that this JVM has, or null
	 * @param marker the job's own
	 * @return both
	 */
	public static String appended(@Nullable String inherited, String marker) {
		return (inherited == null || inherited.isEmpty()) ? marker : inherited + SEPARATOR + marker;
	}

	/**
	 * Whether a process with this value belongs to the job.
	 * @param value the variable's value
	 * @param marker the job's own
	 * @return true when the marker is in it
	 */
	public static boolean isIn(String value, String marker) {
		return markersIn(value).contains(marker);
	}

	/**
	 * The markers of all the jobs that a process with this value belongs to.
	 * @param value the variable's value
	 * @return the markers, the outermost job's first
	 */
	public static List<String> markersIn(String value) {
		return Arrays.asList(value.split(String.valueOf(SEPARATOR)));
	}

}
