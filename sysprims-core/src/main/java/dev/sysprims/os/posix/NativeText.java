package dev.sysprims.os.posix;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as the kernel takes it: bytes. Java's file names use {@code sun.jnu.encoding},
 * which follows the locale; in the C locale that is ASCII, which would turn every umlaut
 * into a question mark, so that there UTF-8 is used as everybody else does.
 */
final class NativeText {

	private static final Charset PLATFORM = platform();

	private NativeText() {
	}

	/** The bytes, without a NUL at the end. */
	static byte[] bytes(String text) {
		return bytes(text, PLATFORM);
	}

	static byte[] bytes(String text, Charset charset) {
		try {
			ByteBuffer encoded = charset.newEncoder().encode(CharBuffer.wrap(text));
			return Arrays.copyOf(encoded.array(), encoded.limit());
		}
		catch (CharacterCodingException ex) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
	}

	/** The same bytes with a NUL at the end. */
	static byte[] cString(byte[] bytes) {
		return Arrays.copyOf(bytes, bytes.length + 1);
	}

	/** For people; what is not valid is replaced. */
	static String text(byte[] bytes) {
		return new String(bytes, PLATFORM);
	}

	private static Charset platform() {
		String name = System.getProperty("sun.jnu.encoding", "UTF-8");
		Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
		return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
	}

}
