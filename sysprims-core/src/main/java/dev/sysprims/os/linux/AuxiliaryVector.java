package dev.sysprims.os.linux;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalLong;

/**
 * What the kernel told this process at its start: pairs of native words in
 * {@code /proc/self/auxv}, see {@code getauxval(3)}.
 */
final class AuxiliaryVector {

	/** Clock ticks per second of every time that {@code /proc} shows. */
	static final long AT_CLKTCK = 17; // include/uapi/linux/auxvec.h

	private static final long AT_NULL = 0;

	private AuxiliaryVector() {
	}

	/**
	 * One value.
	 * @param content the bytes of the file
	 * @param wordSize 4 or 8, as in this process
	 * @param type which value
	 * @return the value, or empty when it is not there
	 */
	static OptionalLong value(byte[] content, int wordSize, long type) {
		ByteBuffer words = ByteBuffer.wrap(content).order(ByteOrder.nativeOrder());
		try {
			for (long key = word(words, wordSize); key != AT_NULL; key = word(words, wordSize)) {
				long value = word(words, wordSize);
				if (key == type) {
					return OptionalLong.of(value);
				}
			}
		}
		catch (BufferUnderflowException ex) {
			return OptionalLong.empty();
		}
		return OptionalLong.empty();
	}

	private static long word(ByteBuffer words, int wordSize) {
		return (wordSize == Integer.BYTES) ? Integer.toUnsignedLong(words.getInt()) : words.getLong();
	}

}
