package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.Serial;

import com.sun.jna.Native;

/** A call of libc or the kernel that failed. Never leaves the backend. */
public final class ErrnoException extends IOException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String call;

	private final int errno;

	/**
	 * A call that failed.
	 * @param call its name
	 * @param errno why
	 */
	public ErrnoException(String call, int errno) {
		super(call + " failed (" + Errno.describe(errno) + ")");
		this.call = call;
		this.errno = errno;
	}

	/**
	 * The call that this thread just made has failed.
	 * @param call its name
	 * @return the exception with the errno that JNA kept for this thread
	 */
	public static ErrnoException last(String call) {
		return new ErrnoException(call, Native.getLastError());
	}

	/**
	 * Which call.
	 * @return its name
	 */
	public String call() {
		return this.call;
	}

	/**
	 * Why.
	 * @return the errno
	 */
	public int errno() {
		return this.errno;
	}

}
