package dev.sysprims.os.jdk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The two things that {@code ProcessHandle} does not tell and Linux writes into
 * {@code /proc/PID/status}: it lists zombies as alive, and takes the number of a thread
 * for a process. Elsewhere, where there is no such file, nothing is known of either.
 *
 * @param zombie whether it has exited and was not waited for; not when only its main
 * thread has ended
 * @param thread whether the number is one of a thread within another process
 */
record StatusFile(boolean zombie, boolean thread) {

	private static final StatusFile NOTHING = new StatusFile(false, false);

	static StatusFile of(long pid) {
		try {
			return parse(pid,
					Files.readString(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			return NOTHING; // no Linux, or gone: the handle says so itself
		}
	}

	/** Reads {@code proc_pid_status(5)}: a tab behind each colon. */
	static StatusFile parse(long pid, String text) {
		String state = "";
		String threads = "";
		String process = "";
		for (String line : text.split("\n")) {
			if (line.startsWith("State:\t")) {
				state = line.substring("State:\t".length());
			}
			else if (line.startsWith("Tgid:\t")) {
				process = line.substring("Tgid:\t".length());
			}
			else if (line.startsWith("Threads:\t")) {
				threads = line.substring("Threads:\t".length());
			}
		}
		boolean dead = state.startsWith("X") || (state.startsWith("Z") && (threads.equals("1") || threads.equals("0")));
		return new StatusFile(dead, !process.isEmpty() && !process.equals(Long.toString(pid)));
	}

}
