package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The name by which {@code /proc/PID/fd} knows a pipe, both its ends and in every process
 * that has one ({@code proc_pid_fd(5)}): {@code pipe:[NUMBER]}, unique while the pipe
 * exists. Reading it opens nothing.
 */
public final class PipeName {

	private static final String PREFIX = "pipe:[";

	/** Longer than any name of a pipe. */
	private static final int MOST = 64;

	private PipeName() {
	}

	/**
	 * The pipe on a descriptor of a process.
	 * @param pid the process
	 * @param fd the descriptor
	 * @return its name; null when it is not there, no pipe, or may not be looked at
	 */
	public static @Nullable String of(long pid, int fd) {
		return read("/proc/" + PidT.of(pid) + "/fd/" + fd);
	}

	/**
	 * The pipe on a descriptor of a thread: that of its process, also when the process is
	 * shown as a zombie because its first thread has ended.
	 * @param pid the process
	 * @param thread one of its threads
	 * @param fd the descriptor
	 * @return its name; null when it is not there, no pipe, or may not be looked at
	 */
	public static @Nullable String of(long pid, long thread, int fd) {
		return read("/proc/" + PidT.of(pid) + "/task/" + PidT.of(thread) + "/fd/" + fd);
	}

	/** The pipe on a descriptor of this JVM, or null when it is none. */
	static @Nullable String ofOwn(int fd) {
		return read("/proc/self/fd/" + fd);
	}

	private static @Nullable String read(String path) {
		byte[] target = new byte[MOST];
		long length = LibC.readlink(NativeText.cString(path.getBytes(StandardCharsets.US_ASCII)), target, MOST);
		return parse(target, (int) length);
	}

	/**
	 * The name in the target of such a link.
	 * @param target holds the target from its first byte
	 * @param length how many bytes of it; negative when it could not be read
	 * @return the name, or null when it is that of something else
	 */
	static @Nullable String parse(byte[] target, int length) {
		if (length <= PREFIX.length() + 1 || target[length - 1] != ']') {
			return null;
		}
		for (int i = 0; i < length - 1; i++) {
			boolean right = (i < PREFIX.length()) ? target[i] == PREFIX.charAt(i)
					: target[i] >= '0' && target[i] <= '9';
			if (!right) {
				return null;
			}
		}
		return new String(target, 0, length, StandardCharsets.US_ASCII);
	}

}
