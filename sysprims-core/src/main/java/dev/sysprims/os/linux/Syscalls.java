package dev.sysprims.os.linux;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * {@code syscall(2)} for what glibc 2.29 has no function for. The numbers are the same on
 * every architecture: they are younger than Linux 5.0.
 * <p>
 * Variadic in C; x86-64 and aarch64 pass integers alike to a fixed prototype, and direct
 * mapping costs a tenth of a call by interface.
 */
final class Syscalls {

	/** Since Linux 5.1. */
	static final long SYS_pidfd_send_signal = 424;

	/** Since Linux 5.3. */
	static final long SYS_pidfd_open = 434;

	static {
		Native.register(Syscalls.class, Platform.C_LIBRARY_NAME);
	}

	private Syscalls() {
	}

	/**
	 * Calls the kernel; −1 with errno when it failed. Arguments it does not take are 0.
	 */
	static native long syscall(long number, long first, long second, long third, long fourth);

}
