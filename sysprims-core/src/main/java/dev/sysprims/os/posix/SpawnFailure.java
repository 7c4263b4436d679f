package dev.sysprims.os.posix;

import dev.sysprims.process.Command;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * What a failed spawn means, said once for all: {@code posix_spawn} returns one number
 * for a bad directory, a missing program and a missing interpreter, so that the files are
 * looked at afterwards to tell them apart.
 */
final class SpawnFailure {

	private SpawnFailure() {
	}

	/** The directory cannot be changed to, or null when it is in order. */
	static @Nullable SpawnFailedException ofDirectory(Command command, byte @Nullable [] cwd) {
		int error = (cwd != null) ? ProgramPath.directoryError(cwd) : 0;
		if (error == 0) {
			return null;
		}
		return failed(command, "its working directory " + command.cwd() + " cannot be used (" + Errno.describe(error)
				+ "). Name an existing directory that this user may enter.");
	}

	/** The call itself has failed. */
	static SysprimsException of(Command command, PreparedProgram program, ErrnoException cause) {
		SpawnFailedException directory = ofDirectory(command, program.cwd());
		if (directory != null) {
			return directory;
		}
		String file = NativeText.text(program.path());
		String why = " (" + Errno.describe(cause.errno()) + "). ";
		return switch (cause.errno()) {
			case Errno.ENOENT -> missing(command, program, file);
			case Errno.EACCES,
					Errno.EPERM ->
				new PermissionDeniedException(start(command) + file + " may not be executed" + why
						+ "Check the x permission of the file, the directories above it, the mount option noexec,"
						+ " and that it is no directory.");
			case Errno.ENOTDIR, Errno.ELOOP, Errno.ENAMETOOLONG ->
				failed(command, "the path " + file + " cannot be followed" + why + "Correct the path.");
			case Errno.ENOEXEC -> failed(command,
					file + " is no program for this system" + why
							+ "A script needs '#!' and an interpreter in its first line; a binary must be made for this"
							+ " processor.");
			case Errno.ETXTBSY -> failed(command, file + " is still being written" + why
					+ "Close the file before starting it; this was tried several times.");
			case Errno.E2BIG -> failed(command,
					"arguments and environment of " + program.argumentBytes() + " bytes are more than the system takes"
							+ why + "Give long input on stdin or in a file; one argument must stay below 128 KiB.");
			default -> resources(command, cause);
		};
	}

	/** A descriptor, a thread or memory could not be had. */
	static SpawnFailedException resources(Command command, ErrnoException cause) {
		String mend = switch (cause.errno()) {
			case Errno.EAGAIN ->
				"No process or thread more may be made: the limit is pids.max of a cgroup (TasksMax= of the"
						+ " systemd unit, --pids-limit of the container), RLIMIT_NPROC of the user (ulimit -u), or the"
						+ " system's kernel.pid_max and kernel.threads-max. Raise it or run fewer at once.";
			case Errno.ENOMEM -> "The system is short of memory: run fewer processes at once.";
			case Errno.EMFILE -> "Raise the limit of open files (ulimit -n) or run fewer jobs at once.";
			case Errno.ENFILE -> "The whole system has run out of descriptors: raise fs.file-max.";
			default -> "The operating system refused it.";
		};
		return failed(command, cause.getMessage() + ". " + mend);
	}

	static SpawnFailedException failed(Command command, String reason) {
		return new SpawnFailedException(start(command) + reason);
	}

	private static SysprimsException missing(Command command, PreparedProgram program, String file) {
		byte[] seenFromHere = ProgramPath.against(program.cwd(), program.path());
		if (!ProgramPath.exists(seenFromHere)) {
			return new CommandNotFoundException(start(command) + "no such file"
					+ ((program.cwd() != null && !file.startsWith("/")) ? " in " + command.cwd() : "")
					+ " (ENOENT). Check the path; a relative one is relative to the working directory of the command.");
		}
		String interpreter = Interpreter.of(seenFromHere);
		if (interpreter != null) {
			return failed(command, "its interpreter " + interpreter + ", named in the first line of " + file
					+ ", does not exist (ENOENT). Install it or correct the line (also a carriage return at its end).");
		}
		return failed(command, file + " exists, but the loader that it names does not (ENOENT)."
				+ " It was probably made for another C library or processor.");
	}

	private static String start(Command command) {
		return "Cannot start '" + command.program() + "': ";
	}

}
