package dev.sysprims.os.posix;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What {@code posix_spawn} takes, as bytes without a NUL at the end.
 *
 * @param path the file to execute, relative to {@code cwd} when it is relative
 * @param argv the argument vector
 * @param environment {@code NAME=value} each
 * @param cwd the directory to change to, or null to stay
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are what the call
											// takes
record PreparedProgram(byte[] path, List<byte[]> argv, List<byte[]> environment, byte @Nullable [] cwd) {

	int cwdLength() {
		return (this.cwd != null) ? this.cwd.length : 0;
	}

	/**
	 * The bytes of arguments and environment, as the kernel counts them against its
	 * limit.
	 */
	long argumentBytes() {
		return size(this.argv) + size(this.environment);
	}

	static long size(List<byte[]> strings) {
		long size = 0;
		for (byte[] string : strings) {
			size += string.length + 1;
		}
		return size;
	}

}
