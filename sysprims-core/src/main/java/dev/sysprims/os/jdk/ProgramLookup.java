package dev.sysprims.os.jdk;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SpawnFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Finds a program as {@code execvp(3)} does, but in the <em>child's</em> {@code PATH} and
 * directory: the JDK looks in this JVM's.
 */
final class ProgramLookup {

	/** What the JDK too takes when there is no {@code PATH}. */
	private static final String DEFAULT_PATH = "/bin:/usr/bin";

	private final String program;

	private final Path directory;

	private final String path;

	/**
	 * A lookup.
	 * @param program as it was named
	 * @param cwd the child's directory, or null for this JVM's
	 * @param path the child's {@code PATH}, or null when it has none
	 */
	ProgramLookup(String program, @Nullable Path cwd, @Nullable String path) {
		this.program = program;
		this.directory = (cwd != null) ? cwd.toAbsolutePath() : Path.of("").toAbsolutePath();
		this.path = (path != null) ? path : DEFAULT_PATH;
	}

	/**
	 * The file to execute.
	 * @throws CommandNotFoundException when there is none
	 * @throws PermissionDeniedException when there is one, but it may not be executed
	 */
	Path find() {
		try {
			return (this.program.indexOf('/') >= 0) ? require(this.directory.resolve(this.program)) : search();
		}
		catch (InvalidPathException ex) {
			throw new SpawnFailedException(
					"Cannot start '" + this.program + "': this JVM cannot write that name in its file encoding ("
							+ System.getProperty("sun.jnu.encoding") + "). Start it in a UTF-8 locale.");
		}
	}

	private Path search() {
		Path refused = null;
		for (String element : List.of(this.path.split(":", -1))) {
			Path candidate = this.directory.resolve(element).resolve(this.program); // empty:
																					// the
																					// child's
																					// directory
			if (Files.isRegularFile(candidate)) {
				if (Files.isExecutable(candidate)) {
					return candidate;
				}
				refused = (refused != null) ? refused : candidate;
			}
		}
		if (refused != null) {
			throw notExecutable(refused);
		}
		throw new CommandNotFoundException("Cannot start '" + this.program + "': no such file in PATH (" + this.path
				+ "). Give an absolute path, or set PATH in the command's environment.");
	}

	private Path require(Path file) {
		if (!Files.exists(file)) {
			throw new CommandNotFoundException("Cannot start '" + this.program + "': " + file
					+ " does not exist (ENOENT). A path with '/' is relative to the working directory of the command.");
		}
		if (!Files.isRegularFile(file) || !Files.isExecutable(file)) {
			throw notExecutable(file);
		}
		return file;
	}

	private PermissionDeniedException notExecutable(Path file) {
		return new PermissionDeniedException("Cannot start '" + this.program + "': " + file
				+ (Files.isDirectory(file) ? " is a directory" : " is not executable for this user")
				+ " (EACCES). Check the file's mode and that its file system is not mounted noexec.");
	}

}
