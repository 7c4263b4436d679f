package dev.sysprims.process;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Which process this is, beyond its reusable number: boot id, pid and start time in the
 * kernel's own ticks, on Linux 6.9 and newer also the inode of its {@code pidfd}, which
 * no other process gets during that boot. None of it moves when the wall clock is
 * stepped. This is what to store instead of a PID; {@link #toString()} and
 * {@link #parse(String)} are its stable form.
 * <p>
 * {@code equals} compares all components. Whether a stored identity still names a living
 * process is answered by {@code Sysprims.check}.
 *
 * @param scheme which system's terms it is in: {@code linux}, {@code macos},
 * {@code windows}, or {@code jdk} when the JDK was the only source
 * @param bootId the boot it belongs to, or {@code -} where the system has no such id
 * @param pid the process id, 1 to 2³¹−1
 * @param start when it started, in the scheme's unit: clock ticks after boot on Linux
 * @param inode the inode of its pidfd, or null where the system has none
 */
public record ProcessIdentity(String scheme, String bootId, long pid, long start, @Nullable Long inode) {

	private static final Pattern FORM = Pattern
		.compile("sysprims1:([a-z]+):([0-9a-zA-Z-]+):([0-9]{1,10}):([0-9]{1,19})(?::([0-9]{1,19}))?");

	private static final Pattern WORD = Pattern.compile("[0-9a-zA-Z-]+");

	/**
	 * Checks every component.
	 * @throws IllegalArgumentException when one of them is out of its range
	 */
	public ProcessIdentity {
		if (!scheme.matches("[a-z]+") || !WORD.matcher(bootId).matches()) {
			throw new IllegalArgumentException(
					"Scheme '" + scheme + "' or boot id '" + bootId + "' is not a plain word.");
		}
		if (pid < 1 || pid > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("Pid " + pid + " is out of range: use 1 to " + Integer.MAX_VALUE + ".");
		}
		if (start < 0 || (inode != null && inode < 0)) {
			throw new IllegalArgumentException("Start " + start + " and inode " + inode + " must not be negative.");
		}
	}

	/**
	 * Reads the form that {@link #toString()} writes.
	 * @param text such as {@code sysprims1:linux:8a0c…:4711:123456:98765}
	 * @return the identity
	 * @throws IllegalArgumentException when the text is not of that form or of a version
	 * this library does not know
	 */
	public static ProcessIdentity parse(String text) {
		Matcher form = FORM.matcher(text);
		if (!form.matches()) {
			throw new IllegalArgumentException(
					"'" + text + "' is no process identity: expected sysprims1:SCHEME:BOOT:PID:START[:INODE].");
		}
		try {
			return new ProcessIdentity(form.group(1), form.group(2), Long.parseLong(form.group(3)),
					Long.parseLong(form.group(4)), (form.group(5) != null) ? Long.valueOf(form.group(5)) : null);
		}
		catch (NumberFormatException ex) {
			throw new IllegalArgumentException("'" + text + "' is no process identity: a number is out of range.", ex);
		}
	}

	/**
	 * Compares this with what was read now for the same pid.
	 * @param now the identity of the process that has the pid now
	 * @return {@link IdentityCheck#SAME} or {@link IdentityCheck#REUSED}, or
	 * {@link IdentityCheck#UNKNOWN} when the two are in different systems' terms
	 */
	public IdentityCheck compareWith(ProcessIdentity now) {
		if (!this.scheme.equals(now.scheme)) {
			return IdentityCheck.UNKNOWN;
		}
		boolean same = this.pid == now.pid && this.start == now.start && this.bootId.equals(now.bootId);
		if (same && this.inode != null && now.inode != null) {
			same = this.inode.equals(now.inode);
		}
		return same ? IdentityCheck.SAME : IdentityCheck.REUSED;
	}

	/** The stable, versioned form that {@link #parse(String)} reads. */
	@Override
	public String toString() {
		String form = "sysprims1:" + this.scheme + ":" + this.bootId + ":" + this.pid + ":" + this.start;
		return (this.inode != null) ? form + ":" + this.inode : form;
	}

}
