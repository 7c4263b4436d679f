package dev.sysprims.process;

/** The contract's kinds of error, with its numbers. */
public enum ErrorKind {

	/**
	 * A wrong argument. Never thrown here: wrong arguments are
	 * {@link IllegalArgumentException}.
	 */
	INVALID_ARGUMENT("invalid_argument", 1),

	/** The program could not be started. */
	SPAWN_FAILED("spawn_failed", 2),

	/** A time limit passed. */
	TIMEOUT("timeout", 3),

	/** The system refused it to this user. */
	PERMISSION_DENIED("permission_denied", 4),

	/** No such process or command. */
	NOT_FOUND("not_found", 5),

	/** This system or backend cannot do it. */
	NOT_SUPPORTED("not_supported", 6),

	/** No group could be made for the tree. */
	GROUP_CREATION_FAILED("group_creation_failed", 7),

	/** The operating system failed in another way; the message names the errno. */
	SYSTEM("system", 8),

	/** A fault of this library. */
	INTERNAL("internal", 99);

	private final String contractName;

	private final int code;

	ErrorKind(String contractName, int code) {
		this.contractName = contractName;
		this.code = code;
	}

	/**
	 * The contract's word for it.
	 * @return the lower-case word
	 */
	public String contractName() {
		return this.contractName;
	}

	/**
	 * The contract's number for it.
	 * @return the error code
	 */
	public int code() {
		return this.code;
	}

}
