package dev.sysprims.process;

import java.io.Serial;

import org.jspecify.annotations.Nullable;

/**
 * Something that was asked of the operating system failed. The message says which command
 * or pid, why (the errno by name where there is one) and what to do. Wrong arguments are
 * {@link IllegalArgumentException} instead.
 */
public class SysprimsException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final ErrorKind kind;

	/**
	 * An error of this kind.
	 * @param kind the contract's kind
	 * @param message which, why and what to do
	 */
	public SysprimsException(ErrorKind kind, String message) {
		this(kind, message, null);
	}

	/**
	 * An error of this kind with its cause.
	 * @param kind the contract's kind
	 * @param message which, why and what to do
	 * @param cause what led to it, or null
	 */
	public SysprimsException(ErrorKind kind, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	/**
	 * The contract's kind of error.
	 * @return never {@link ErrorKind#INVALID_ARGUMENT}
	 */
	public final ErrorKind kind() {
		return this.kind;
	}

}
