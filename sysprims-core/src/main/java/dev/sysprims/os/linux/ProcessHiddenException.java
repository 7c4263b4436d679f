package dev.sysprims.os.linux;

import java.io.Serial;

/** The process is there, but the system does not let this user read that of it. */
final class ProcessHiddenException extends Exception {

	@Serial
	private static final long serialVersionUID = 1L;

	ProcessHiddenException() {
		super(null, null, false, false); // an answer, not a fault: no stack trace
	}

}
