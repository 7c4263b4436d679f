package dev.sysprims.process;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where a stream of a program's output goes. Only {@link #stream()} lets a slow reader
 * hold the program up, on purpose; in every other mode it is never blocked by neglect,
 * and nothing grows without bound.
 */
public sealed interface OutputMode {

	/**
	 * The last bytes are kept in memory for {@code Job.output()}; the default, with the
	 * supervisor's tail size.
	 * @return the mode
	 */
	static OutputMode tail() {
		return new Tail(0);
	}

	/**
	 * The last bytes are kept in memory for {@code Job.output()}.
	 * @param bytes how many, 1 to 1 GiB; memory grows with what is written, up to this
	 * @return the mode
	 * @throws IllegalArgumentException when out of range
	 */
	static OutputMode tail(int bytes) {
		if (bytes < 1 || bytes > 1 << 30) {
			throw new IllegalArgumentException("A tail of " + bytes + " bytes is out of range: use 1 byte to 1 GiB.");
		}
		return new Tail(bytes);
	}

	/**
	 * Nowhere.
	 * @return the mode
	 */
	static OutputMode discard() {
		return new Discard();
	}

	/**
	 * Where this JVM's own output goes.
	 * @return the mode
	 */
	static OutputMode inherit() {
		return new Inherit();
	}

	/**
	 * Into a file that is emptied first. The program itself holds the file: what it
	 * writes needs no help from this JVM. A full disk is an error of its own writes. A
	 * log rotation that moves the file leaves the program writing to the moved one.
	 * @param path the file, created when missing; a FIFO is refused, because opening one
	 * waits for a reader
	 * @return the mode
	 */
	static OutputMode file(Path path) {
		return new ToFile(path, false);
	}

	/**
	 * To the end of a file, wherever that is at each write: the right mode for a log that
	 * others empty while the program runs (copytruncate of {@code logrotate(8)}).
	 * @param path the file, created when missing; a FIFO is refused
	 * @return the mode
	 */
	static OutputMode appendTo(Path path) {
		return new ToFile(path, true);
	}

	/**
	 * Line by line to a callback, in order, on the supervisor's executor. UTF-8, invalid
	 * bytes replaced; the line end (LF or CRLF) is taken off; a last line without one
	 * counts; a line over 1 MiB comes in pieces. A bounded queue waits for the callback;
	 * when it overflows the oldest lines are dropped and counted.
	 * @param consumer takes each line; what it throws is logged and ends nothing
	 * @return the mode
	 */
	static OutputMode lines(Consumer<String> consumer) {
		return new Lines(consumer);
	}

	/**
	 * Lossless, read through {@code Job.toProcess()}; a slow reader holds the program up.
	 * @return the mode
	 */
	static OutputMode stream() {
		return new Stream();
	}

	/**
	 * See {@link OutputMode#tail()}.
	 *
	 * @param bytes how many, or 0 for the supervisor's tail size
	 */
	record Tail(int bytes) implements OutputMode {
	}

	/** See {@link OutputMode#discard()}. */
	record Discard() implements OutputMode {
	}

	/** See {@link OutputMode#inherit()}. */
	record Inherit() implements OutputMode {
	}

	/**
	 * See {@link OutputMode#file(Path)}.
	 *
	 * @param path the file
	 * @param append whether to keep what is there
	 */
	record ToFile(Path path, boolean append) implements OutputMode {
	}

	/**
	 * See {@link OutputMode#lines(Consumer)}.
	 *
	 * @param consumer takes each line
	 */
	record Lines(Consumer<String> consumer) implements OutputMode {
	}

	/** See {@link OutputMode#stream()}. */
	record Stream() implements OutputMode {
	}

}
