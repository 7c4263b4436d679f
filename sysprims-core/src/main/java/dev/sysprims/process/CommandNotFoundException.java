package dev.sysprims.process;

import java.io.Serial;

/**
 * The program of a command does not exist, neither as a path nor in {@code PATH}. No
 * process was started.
 */
public final class CommandNotFoundException extends SysprimsException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * An error with its message.
	 * @param message which, why and what to do
	 */
	public CommandNotFoundException(String message) {
		super(ErrorKind.NOT_FOUND, message);
	}

}
