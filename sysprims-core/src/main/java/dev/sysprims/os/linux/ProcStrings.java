package dev.sysprims.os.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The two files of a process that hold strings with a NUL behind each:
 * {@code /proc/PID/cmdline} and {@code /proc/PID/environ}. Both show memory that the
 * process itself may overwrite, so anything can be in them. Bytes that are no UTF-8 are
 * replaced.
 */
final class ProcStrings {

	private ProcStrings() {
	}

	/**
	 * The argument vector.
	 * @param content the bytes of {@code cmdline}
	 * @return the arguments, empty ones too; one text when the process put a title over
	 * them ({@code "sshd: root@pts/0"}), which is not taken apart
	 */
	static List<String> cmdline(byte[] content) {
		List<String> strings = split(content);
		boolean title = !strings.isEmpty() && strings.get(0).indexOf(' ') >= 0
				&& strings.stream().skip(1).allMatch(String::isEmpty);
		// A title is padded with NUL up to the length of the arguments it replaced.
		return title ? List.of(strings.get(0)) : strings;
	}

	/**
	 * The environment the process was started with.
	 * @param content the bytes of {@code environ}
	 * @return the variables; the first of two with one name, as {@code getenv(3)} has it
	 */
	static Map<String, String> environment(byte[] content) {
		Map<String, String> variables = new LinkedHashMap<>();
		for (String entry : split(content)) {
			int equals = entry.indexOf('=');
			if (equals > 0) {
				variables.putIfAbsent(entry.substring(0, equals), entry.substring(equals + 1));
			}
		}
		return Collections.unmodifiableMap(variables);
	}

	/**
	 * The value of one variable, without decoding the others.
	 * @param content the bytes of {@code environ}
	 * @param name of ASCII characters
	 * @return the first value of that name, or null when there is none
	 */
	static @Nullable String value(byte[] content, String name) {
		int begin = 0;
		while (begin < content.length) {
			int end = begin;
			while (end < content.length && content[end] != 0) {
				end++;
			}
			int equals = begin + name.length();
			if (equals < end && content[equals] == '=' && startsWith(content, begin, name)) {
				return new String(content, equals + 1, end - equals - 1, StandardCharsets.UTF_8);
			}
			begin = end + 1;
		}
		return null;
	}

	private static boolean startsWith(byte[] content, int begin, String name) {
		for (int i = 0; i < name.length(); i++) {
			if (content[begin + i] != name.charAt(i)) {
				return false;
			}
		}
		return true;
	}

	private static List<String> split(byte[] content) {
		List<String> strings = new ArrayList<>();
		int begin = 0;
		for (int i = 0; i < content.length; i++) {
			if (content[i] == 0) {
				strings.add(new String(content, begin, i - begin, StandardCharsets.UTF_8));
				begin = i + 1;
			}
		}
		if (begin < content.length) {
			strings.add(new String(content, begin, content.length - begin, StandardCharsets.UTF_8));
		}
		return strings;
	}

}
