package dev.sysprims.os.posix;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The one function that only glibc 2.34 and newer have, so that its lack breaks nothing
 * else.
 */
final class CloseFrom {

	static {
		Native.register(CloseFrom.class, Platform.C_LIBRARY_NAME);
	}

	private CloseFrom() {
	}

	static native int posix_spawn_file_actions_addclosefrom_np(long fileActions, int from);

}
