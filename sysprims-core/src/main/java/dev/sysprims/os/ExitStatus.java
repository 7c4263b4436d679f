package dev.sysprims.os;

import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/**
 * How a process ended: by a code or by a signal, kept apart. Neither means that nobody
 * can know.
 *
 * @param exitCode the code, or null
 * @param signal the signal, or null
 */
public record ExitStatus(@Nullable Integer exitCode, @Nullable Signal signal) {

	/** It ended and nobody can know how. */
	public static final ExitStatus UNKNOWN = new ExitStatus(null, null);

	/**
	 * It exited.
	 * @param code the exit code; 127, 143 and 259 are ordinary ones
	 * @return the status
	 */
	public static ExitStatus exited(int code) {
		return new ExitStatus(code, null);
	}

	/**
	 * A signal ended it.
	 * @param signal the signal
	 * @return the status
	 */
	public static ExitStatus signalled(Signal signal) {
		return new ExitStatus(null, signal);
	}

}
