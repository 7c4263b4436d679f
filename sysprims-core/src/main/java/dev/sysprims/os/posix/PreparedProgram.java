package dev.sysprims.os.posix;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What {@code posix_spawn} takes, as bytes without a NUL at the end; not to be changed.
 */
final class PreparedProgram {

	private final byte[] path;

	private final List<byte[]> argv;

	private final List<byte[]> environment;

	private final byte @Nullable [] cwd;

	/**
	 * A program with its surroundings.
	 * @param path the file to execute, relative to {@code cwd} when it is relative
	 * @param argv the argument vector
	 * @param environment {@code NAME=value} each
	 * @param cwd the directory to change to, or null to stay
	 */
	PreparedProgram(byte[] path, List<byte[]> argv, List<byte[]> environment, byte @Nullable [] cwd) {
		this.path = path;
		this.argv = argv;
		this.environment = environment;
		this.cwd = cwd;
	}

	byte[] path() {
		return this.path;
	}

	List<byte[]> argv() {
		return this.argv;
	}

	List<byte[]> environment() {
		return this.environment;
	}

	byte @Nullable [] cwd() {
		return this.cwd;
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
