package dev.sysprims.os.jdk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.process.SysprimsException;

/**
 * Reads the one thing that a failed {@code ProcessBuilder.start()} tells: a number in its
 * text, {@code error=2} up to JDK 23, {@code error: 2} later. The text behind it is in
 * the user's language.
 */
final class StartFailure {

	private static final Pattern NUMBER = Pattern.compile("error[=:] ?(\\d+)");

	/** The same number on Linux and macOS. */
	private static final Map<Integer, String> POSIX = Map.of(2, "ENOENT", 5, "EIO", 7, "E2BIG", 8, "ENOEXEC", 12,
			"ENOMEM", 13, "EACCES", 20, "ENOTDIR", 23, "ENFILE", 24, "EMFILE", 26, "ETXTBSY");

	private static final int ETXTBSY = 26;

	// Each means a deadlock on the other system, which no start reports.
	private static final int LINUX_EAGAIN = 11;

	private static final int MACOS_EAGAIN = 35;

	/** What to do where no process or thread can be made. */
	static final String MORE_PROCESSES = "The limit is pids.max of a cgroup (TasksMax= of the systemd unit, --pids-limit"
			+ " of the container), RLIMIT_NPROC of the user (ulimit -u), or the system's own. Raise it or run fewer at"
			+ " once.";

	private static final int ERROR_FILE_NOT_FOUND = 2; // winerror.h

	private static final int ERROR_PATH_NOT_FOUND = 3;

	private static final int ERROR_ACCESS_DENIED = 5;

	private StartFailure() {
	}

	/** Whether the program was being written, by whoever made it just now. */
	static boolean textBusy(IOException failure) {
		return !JdkPlatform.windows() && number(failure) == ETXTBSY;
	}

	/** The error to throw for it; a missing or forbidden program was told before. */
	static SysprimsException of(String program, IOException failure) {
		if (failure.getCause() instanceof FileNotFoundException file) {
			return failed(program, "a file for its input or output cannot be opened: " + file.getMessage()
					+ ". Check that its directory exists and may be written.");
		}
		return JdkPlatform.windows() ? windows(program, failure) : posix(program, failure);
	}

	private static SysprimsException posix(String program, IOException failure) {
		int number = number(failure);
		String name = (number == LINUX_EAGAIN || number == MACOS_EAGAIN) ? "EAGAIN"
				: POSIX.getOrDefault(number, (number > 0) ? "errno " + number : "no errno");
		return switch (name) {
			case "ENOENT" -> failed(program, "the file exists, but the interpreter in its first line or its loader "
					+ "does not (ENOENT). Check the line that begins with '#!'.");
			case "EACCES" -> new PermissionDeniedException("Cannot start '" + program
					+ "': it may not be executed (EACCES). Check the modes of the file, of its interpreter and of the "
					+ "directories above, and that the file system is not mounted noexec.");
			case "ENOEXEC" -> failed(program, "the file is no program of this system (ENOEXEC). Check its format and "
					+ "architecture, or begin the script with '#!'.");
			case "ETXTBSY" -> failed(program, "the file is open for writing (ETXTBSY). Close it first.");
			case "E2BIG" ->
				failed(program, "its arguments and environment are too large (E2BIG). Pass them in a file.");
			case "EMFILE", "ENFILE" -> failed(program,
					"no more files can be opened (" + name + "). Close some or raise the limit (ulimit -n).");
			case "EAGAIN" -> failed(program, "no process more may be made (EAGAIN). " + MORE_PROCESSES);
			default -> failed(program, "the system refused (" + name + "): " + failure.getMessage()
					+ ". It may be short of processes or memory.");
		};
	}

	private static SysprimsException windows(String program, IOException failure) {
		return switch (number(failure)) {
			case ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND -> new CommandNotFoundException("Cannot start '" + program
					+ "': no such program, neither as a path nor in Path. Give an absolute path with its extension.");
			case ERROR_ACCESS_DENIED -> new PermissionDeniedException("Cannot start '" + program
					+ "': access is denied. Check that it is a program and that this user may execute it.");
			default -> failed(program, "the system refused: " + failure.getMessage() + ".");
		};
	}

	private static SpawnFailedException failed(String program, String why) {
		return new SpawnFailedException("Cannot start '" + program + "': " + why);
	}

	private static int number(IOException failure) {
		Matcher number = NUMBER.matcher(String.valueOf(failure.getMessage()));
		return number.find() ? Integer.parseInt(number.group(1)) : 0;
	}

}
