package dev.sysprims.process;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a program reads on its standard input. */
public sealed interface InputMode {

	/**
	 * End of file at once; the default.
	 * @return the mode
	 */
	static InputMode none() {
		return new None();
	}

	/**
	 * These bytes, then end of file. They are written as the program reads; one that
	 * closes its input early is no error.
	 * @param bytes the input, copied
	 * @return the mode
	 */
	static InputMode bytes(byte[] bytes) {
		return new Bytes(bytes.clone());
	}

	/**
	 * This text in UTF-8, then end of file.
	 * @param text the input
	 * @return the mode
	 */
	static InputMode text(String text) {
		return new Bytes(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A file that the program itself reads.
	 * @param path an existing file; a FIFO is refused, because opening one waits for a
	 * writer
	 * @return the mode
	 */
	static InputMode file(Path path) {
		return new FromFile(path);
	}

	/**
	 * Open for writing through {@code Job.stdin()} until that is closed or the job ends.
	 * @return the mode
	 */
	static InputMode stream() {
		return new Stream();
	}

	/** See {@link InputMode#none()}. */
	record None() implements InputMode {
	}

	/**
	 * See {@link InputMode#bytes(byte[])}.
	 *
	 * @param bytes the input; not to be changed
	 */
	@SuppressWarnings("ArrayRecordComponent") // input is handed on, never compared
	record Bytes(byte[] bytes) implements InputMode {

		/** The number of bytes; never what is in them. */
		@Override
		public String toString() {
			return "Bytes[" + this.bytes.length + "]";
		}

	}

	/**
	 * See {@link InputMode#file(Path)}.
	 *
	 * @param path the file
	 */
	record FromFile(Path path) implements InputMode {
	}

	/** See {@link InputMode#stream()}. */
	record Stream() implements InputMode {
	}

}
