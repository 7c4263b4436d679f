package dev.sysprims.os.jdk;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.process.SpawnFailedException;
import org.jspecify.annotations.Nullable;

/** What the modes of the three standard streams mean to a {@link ProcessBuilder}. */
final class Stdio {

	private static final int S_IFMT = 0170000; // inode(7)

	private static final int S_IFIFO = 0010000;

	private Stdio() {
	}

	/**
	 * Sets the redirects.
	 * @throws SpawnFailedException for a file that cannot be used
	 */
	static void apply(SpawnRequest request, ProcessBuilder builder) {
		String program = request.command().program();
		builder.redirectInput(input(program, request.stdin()));
		builder.redirectOutput(output(program, request.stdout()));
		if (request.stderr() instanceof ChildOutput.SameAsStdout) {
			builder.redirectErrorStream(true);
		}
		else {
			builder.redirectError(output(program, request.stderr()));
		}
	}

	private static Redirect input(String program, ChildInput mode) {
		if (mode instanceof ChildInput.Empty) {
			return Redirect.from(new File(JdkPlatform.windows() ? "NUL" : "/dev/null"));
		}
		if (mode instanceof ChildInput.Inherit) {
			return Redirect.INHERIT;
		}
		if (mode instanceof ChildInput.FromFile file) {
			refuseFifo(program, file.path());
			return Redirect.from(file.path().toFile());
		}
		return Redirect.PIPE;
	}

	private static Redirect output(String program, ChildOutput mode) {
		if (mode instanceof ChildOutput.Discard) {
			return Redirect.DISCARD;
		}
		if (mode instanceof ChildOutput.Inherit) {
			return Redirect.INHERIT;
		}
		if (mode instanceof ChildOutput.ToFile file) {
			refuseFifo(program, file.path());
			return file.append() ? Redirect.appendTo(file.path().toFile()) : Redirect.to(file.path().toFile());
		}
		return Redirect.PIPE;
	}

	private static void refuseFifo(String program, Path path) {
		Integer mode = mode(path);
		if (mode != null && (mode & S_IFMT) == S_IFIFO) {
			throw new SpawnFailedException("Cannot start '" + program + "': " + path
					+ " is a FIFO, and opening it waits for somebody at its other end. Use a regular file.");
		}
	}

	private static @Nullable Integer mode(Path path) {
		try {
			return (Integer) Files.getAttribute(path, "unix:mode");
		}
		catch (IOException | UnsupportedOperationException ex) {
			return null; // missing, which opening it will say or mend, or a system
							// without FIFOs
		}
	}

}
