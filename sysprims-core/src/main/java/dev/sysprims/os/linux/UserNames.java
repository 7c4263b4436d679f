package dev.sysprims.os.linux;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of users by their number: from {@code passwd(5)}, and for those of a directory
 * service from the name service, which the JDK asks for the owner of a file. Remembered
 * until the file changes. Thread-safe.
 */
final class UserNames {

	private final File passwd;

	private Map<Long, String> names = Map.of();

	private long lastModified = Long.MIN_VALUE;

	UserNames(File passwd) {
		this.passwd = passwd;
	}

	/**
	 * The name of a user.
	 * @param uid the user's number
	 * @param owned a file that may be owned by this user: that of a process mostly is
	 * @return the name, or the number as text when it has none
	 */
	synchronized String nameOf(long uid, Path owned) {
		long modified = this.passwd.lastModified();
		if (modified != this.lastModified) {
			this.names = read();
			this.lastModified = modified;
		}
		return this.names.computeIfAbsent(uid, (number) -> askNameService(number, owned));
	}

	/** Reads {@code name:password:uid:...}; the first name of a number counts. */
	static Map<Long, String> parse(String passwd) {
		Map<Long, String> names = new HashMap<>();
		for (String line : passwd.split("\n")) {
			String[] fields = line.split(":", 4);
			if (fields.length == 4 && !fields[0].isEmpty() && fields[2].matches("[0-9]{1,10}")) {
				names.putIfAbsent(Long.valueOf(fields[2]), fields[0]);
			}
		}
		return names;
	}

	private Map<Long, String> read() {
		try {
			return parse(new String(Files.readAllBytes(this.passwd.toPath()), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			return new HashMap<>(); // an image without the file: users are numbers there
		}
	}

	private static String askNameService(long uid, Path owned) {
		try {
			if (((Number) Files.getAttribute(owned, "unix:uid")).longValue() == uid) {
				return Files.getOwner(owned).getName();
			}
		}
		catch (IOException | UnsupportedOperationException ex) {
			return Long.toString(uid);
		}
		return Long.toString(uid);
	}

}
