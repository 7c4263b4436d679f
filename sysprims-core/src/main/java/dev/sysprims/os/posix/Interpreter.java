package dev.sysprims.os.posix;

import com.sun.jna.Memory;
import org.jspecify.annotations.Nullable;

/**
 * What the first line of a script names to run it: {@code execve(2)}, interpreter
 * scripts.
 */
final class Interpreter {

	private static final int LONGEST_LINE = 256;

	private Interpreter() {
	}

	/**
	 * The interpreter of a file.
	 * @param path the file
	 * @return the interpreter's path, or null when the file cannot be read or names none
	 */
	static @Nullable String of(byte[] path) {
		int fd = LibC.open(NativeText.cString(path), LibC.O_RDONLY | LibC.O_CLOEXEC | LibC.O_NONBLOCK, 0);
		if (fd == -1) {
			return null;
		}
		try (Memory buffer = new Memory(LONGEST_LINE)) {
			int length = (int) LibC.read(fd, buffer, LONGEST_LINE);
			return (length > 0) ? parse(buffer.getByteArray(0, length)) : null;
		}
		finally {
			Descriptors.close(fd);
		}
	}

	static @Nullable String parse(byte[] head) {
		if (head.length < 3 || head[0] != '#' || head[1] != '!') {
			return null;
		}
		String line = NativeText.text(head).substring(2).lines().findFirst().orElse("").strip();
		int end = 0;
		while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
			end++;
		}
		return line.isEmpty() ? null : line.substring(0, end);
	}

}
