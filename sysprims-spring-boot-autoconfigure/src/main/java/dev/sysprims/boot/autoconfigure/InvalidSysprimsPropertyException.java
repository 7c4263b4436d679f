package dev.sysprims.boot.autoconfigure;

import java.io.Serial;

/**
 * A property under {@code sysprims} has a value that cannot work. Thrown while the
 * properties are bound, so that the application does not start.
 */
public final class InvalidSysprimsPropertyException extends IllegalArgumentException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String key;

	private final String value;

	private final String why;

	private final String remedy;

	private InvalidSysprimsPropertyException(String key, String value, String why, String remedy) {
		super("The value '" + value + "' of " + key + " cannot work. " + why + " " + remedy);
		this.key = key;
		this.value = value;
		this.why = why;
		this.remedy = remedy;
	}

	static void when(boolean invalid, String key, Object value, String why, String remedy) {
		if (invalid) {
			throw new InvalidSysprimsPropertyException(key, value.toString(), why, remedy);
		}
	}

	String key() {
		return this.key;
	}

	String value() {
		return this.value;
	}

	String why() {
		return this.why;
	}

	String remedy() {
		return this.remedy;
	}

}
