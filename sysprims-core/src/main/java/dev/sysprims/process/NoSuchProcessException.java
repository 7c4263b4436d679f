package dev.sysprims.process;

import java.io.Serial;

/** No process has this pid, or the one that had this identity is gone. */
public final class NoSuchProcessException extends SysprimsException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * An error with its message.
	 * @param message which, why and what to do
	 */
	public NoSuchProcessException(String message) {
		super(ErrorKind.NOT_FOUND, message);
	}

}
