package dev.sysprims.process;

import java.io.Serial;

/**
 * The system refused this to the user this JVM runs as ({@code EPERM}, {@code EACCES}).
 */
public final class PermissionDeniedException extends SysprimsException {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * An error with its message.
	 * @param message which, why and what to do
	 */
	public PermissionDeniedException(String message) {
		super(ErrorKind.PERMISSION_DENIED, message);
	}

}
