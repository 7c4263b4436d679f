package dev.sysprims.process;

import java.io.Serial;

/**
 * The program could not be started; nothing is left behind. A missing program is
 * {@link CommandNotFoundException}.
 */
public final class SpawnFailedException extends SysprimsException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * An error with its message.
	 * @param message which, why and what to do
	 */
	public SpawnFailedException(String message) {
		super(ErrorKind.SPAWN_FAILED, message);
	}

}
