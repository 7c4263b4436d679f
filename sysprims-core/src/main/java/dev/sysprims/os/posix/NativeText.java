package dev.sysprims.os.posix;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Text as the kernel takes it: bytes. Java's file names use {@code sun.jnu.encoding},
 * which follows the locale; in the C locale that is ASCII, which would turn every umlaut
 * into a question mark, so that there UTF-8 is used as everybody else does.
 */
public final class NativeText {

	/** What Java puts for bytes that it cannot decode. */
	private static final char REPLACED = '\uFFFD';

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
			byte[] bytes = new byte[encoded.remaining()];
			encoded.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
	}

	/**
	 * The bytes of a path. A name that the locale cannot express, as others may have
	 * created it, has lost something in its text but not in its URI.
	 */
	static byte[] bytes(Path path) {
		String text = path.toString();
		if (text.indexOf(REPLACED) < 0) {
			return bytes(text);
		}
		String encoded = path.toUri().getRawPath();
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
		for (int i = 0; i < encoded.length(); i++) {
			boolean escaped = encoded.charAt(i) == '%';
			bytes.write(escaped ? Integer.parseInt(encoded, i + 1, i + 3, 16) : encoded.charAt(i));
			i += escaped ? 2 : 0;
		}
		return bytes.toByteArray();
	}

	/**
	 * A path as a C string.
	 * @param path on the default file system
	 * @return its bytes and a NUL
	 */
	public static byte[] cString(Path path) {
		return cString(bytes(path));
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
