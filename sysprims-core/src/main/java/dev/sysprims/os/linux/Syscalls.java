package dev.sysprims.os.linux;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/**
 * {@code syscall(2)} for what glibc 2.29 has no function for. By interface, because it is
 * variadic and direct mapping cannot do that. The numbers are the same on every
 * architecture: they are younger than Linux 5.0.
 */
interface Syscalls extends Library {

	/** Since Linux 5.1. */
	int SYS_pidfd_send_signal = 424;

	/** Since Linux 5.3. */
	int SYS_pidfd_open = 434;

	/** The one instance. */
	Syscalls INSTANCE = Native.load(Platform.C_LIBRARY_NAME, Syscalls.class);

	/**
	 * Calls the kernel.
	 * @param number which call
	 * @param arguments its arguments
	 * @return the result, −1 with errno when it failed
	 */
	NativeLong syscall(NativeLong number, Object... arguments);

}
