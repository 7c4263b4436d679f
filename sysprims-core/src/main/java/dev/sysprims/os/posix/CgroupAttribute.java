package dev.sysprims.os.posix;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/**
 * The one function that only glibc 2.39 and newer have, so that its lack breaks nothing
 * else.
 */
final class CgroupAttribute {

	static final short POSIX_SPAWN_SETCGROUP = 0x100;

	static {
		Native.register(CgroupAttribute.class, Platform.C_LIBRARY_NAME);
	}

	private CgroupAttribute() {
	}

	static native int posix_spawnattr_setcgroup_np(long attributes, int cgroup);

}
