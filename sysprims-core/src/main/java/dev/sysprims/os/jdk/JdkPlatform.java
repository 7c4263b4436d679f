package dev.sysprims.os.jdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.TreeKillReliability;

/** What this backend is and what it lacks. */
final class JdkPlatform {

	/** What is weaker with each program that is started. */
	static final List<String> CHILD_WEAKNESSES = List.of(
			"The program has no session and process group of its own: a member of its tree whose parent has died is "
					+ "lost from sight, and what that started too.",
			"The JDK reports death by a signal as exit code 128 + n: it cannot be told from an exit with that code.",
			"Only SIGTERM (not on Windows) and SIGKILL can be sent, and only to one process at a time.");

	private static final List<String> OTHER_WEAKNESSES = List.of(
			"The number of a program is free for others as soon as it has exited: before a signal the start time is "
					+ "compared, which leaves a short moment open.",
			"Each running program costs a thread, and one more for each stream that is read or written here.",
			"What other members of a tree write to a captured stream after the program itself has exited may be lost.",
			"Exits of processes that this JVM did not start are polled for, and how they ended cannot be known.");

	private JdkPlatform() {
	}

	static PlatformInfo describe(List<String> reasons) {
		List<String> warnings = new ArrayList<>(reasons);
		warnings.addAll(CHILD_WEAKNESSES);
		warnings.addAll(OTHER_WEAKNESSES);
		return new PlatformInfo(os(System.getProperty("os.name", "")), arch(System.getProperty("os.arch", "")), "jdk",
				"descent", TreeKillReliability.BEST_EFFORT, Set.of(), warnings);
	}

	/** The contract's word for a system. */
	static String os(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		if (lower.startsWith("mac")) {
			return "macos";
		}
		return lower.startsWith("windows") ? "windows" : lower;
	}

	/** The contract's word for an architecture. */
	static String arch(String name) {
		return name.equals("amd64") ? "x86_64" : name;
	}

	static boolean windows() {
		return os(System.getProperty("os.name", "")).equals("windows");
	}

}
