package dev.sysprims.os.posix;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import dev.sysprims.process.Command;
import dev.sysprims.process.SpawnFailedException;

/**
 * Opens the files of a child's stdin and outputs, before the spawn: a spawn that hangs
 * cannot be given up cleanly. Opened non-blocking, because the other side of a FIFO may
 * never come; made blocking again for the child.
 */
final class StdioFiles {

	private static final int COMMON = LibC.O_CLOEXEC | LibC.O_NONBLOCK | LibC.O_NOCTTY;

	/** Less the umask, as with a shell's redirection. */
	private static final int MODE = 0666;

	private static final Path DEV_NULL = Path.of("/dev/null");

	/**
	 * Looked at once: the JDK never closes these three, and what the JVM opened at its
	 * start in place of a closed one it keeps open.
	 */
	private static final List<Boolean> INHERITABLE = List.of(looksInherited(0) && !isOwnFile(0), looksInherited(1),
			looksInherited(2));

	private final Command command;

	StdioFiles(Command command) {
		this.command = command;
	}

	int forReading(Path path) {
		int fd = open("its input file " + path, path, LibC.O_RDONLY);
		try (Memory nothing = new Memory(1)) {
			// Opening a directory works; even an empty read does not.
			if (LibC.read(fd, nothing, 0) == -1 && Native.getLastError() == Errno.EISDIR) {
				Descriptors.close(fd);
				throw failed("its input file " + path + " is a directory (EISDIR). Name a file.");
			}
		}
		return fd;
	}

	int forWriting(Path path, boolean append) {
		return open("its output file " + path, path,
				LibC.O_WRONLY | LibC.O_CREAT | (append ? LibC.O_APPEND : LibC.O_TRUNC));
	}

	int devNull(int flags) {
		return open("/dev/null", DEV_NULL, flags);
	}

	/**
	 * Whether this JVM has a stdin, stdout or stderr to hand on. When it was started with
	 * a closed one, the number belongs to the first file it opened: its module image or a
	 * jar, which cannot be written, or something with {@code FD_CLOEXEC}, which nothing
	 * that was inherited has.
	 */
	static boolean isInheritable(int stdio) {
		return INHERITABLE.get(stdio);
	}

	private static boolean looksInherited(int stdio) {
		int flags = LibC.fcntl(stdio, LibC.F_GETFD, 0);
		if (flags == -1 || (flags & LibC.FD_CLOEXEC) != 0) {
			return false;
		}
		int access = LibC.fcntl(stdio, LibC.F_GETFL, 0) & LibC.O_ACCMODE;
		return access != ((stdio == 0) ? LibC.O_WRONLY : LibC.O_RDONLY);
	}

	private static boolean isOwnFile(int fd) {
		try {
			Path file = new File("/proc/self/fd/" + fd).getCanonicalFile().toPath();
			return file.startsWith(new File(System.getProperty("java.home")).getCanonicalFile().toPath());
		}
		catch (IOException ex) {
			return false; // a pipe or the like, or it cannot be seen
		}
	}

	private int open(String what, Path path, int flags) {
		byte[] name = NativeText.cString(NativeText.bytes(path));
		int fd = LibC.open(name, flags | COMMON, MODE);
		if (fd == -1 && Native.getLastError() == Errno.ENXIO) {
			throw failed(what + " is a FIFO or socket that nobody has opened (ENXIO). "
					+ "Use a regular file, or let the program open it.");
		}
		try {
			fd = Descriptors.aboveStdio(fd, "open");
			Descriptors.setNonBlocking(fd, false);
		}
		catch (ErrnoException ex) {
			throw failed(what + " cannot be opened: " + ex.getMessage() + ". " + mend(ex.errno()));
		}
		if (Descriptors.isPipe(fd)) {
			Descriptors.close(fd);
			throw failed(what + " is a FIFO, where the program could wait for ever. "
					+ "Use a regular file, or let the program open it.");
		}
		return fd;
	}

	private static String mend(int errno) {
		return switch (errno) {
			case Errno.ENOSPC, Errno.EDQUOT ->
				"Free some space or some inodes (df -i) there, or name a file on another disk.";
			case Errno.EROFS -> "Name a file on a writable file system.";
			case Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM -> "Run fewer jobs at once, or raise that limit.";
			default -> "Check the path and its permissions.";
		};
	}

	private SpawnFailedException failed(String reason) {
		return SpawnFailure.failed(this.command, reason);
	}

}
