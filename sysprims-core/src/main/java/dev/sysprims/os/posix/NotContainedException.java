package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.Serial;

/** A child did not get into its container, and therefore did not get to its program. */
public final class NotContainedException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * A child that stayed outside.
	 * @param reason why, to go on after "because"
	 */
	public NotContainedException(String reason) {
		super(reason);
	}

}
