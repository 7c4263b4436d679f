package dev.sysprims.escape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The C program with all ways out of a process tree, built from {@code src/test/c} when
 * the first test asks for it.
 */
public final class EscapeProgram {

	/** How long its processes live at most, whatever happens to them. */
	private static final Duration LIFE = Duration.ofSeconds(30);

	private static final Path SOURCES = Path.of(System.getProperty("basedir", "."), "src/test/c");

	private final Path executable;

	private final Duration life;

	private EscapeProgram(Path executable, Duration life) {
		this.executable = executable;
		this.life = life;
	}

	/** One that was built already. */
	public static EscapeProgram at(Path executable) {
		return new EscapeProgram(executable, LIFE);
	}

	/** The same with processes that live for so long at most. */
	EscapeProgram livingFor(Duration life) {
		return new EscapeProgram(this.executable, life);
	}

	/** Builds it; empty, with a loud message, where there is no compiler. */
	public static Optional<EscapeProgram> build() throws IOException, InterruptedException {
		for (String compiler : List.of("cc", "gcc", "clang")) {
			Optional<Path> found = onPath(compiler);
			if (found.isPresent()) {
				return Optional.of(compile(found.get()));
			}
		}
		System.err.println("""

				**********************************************************************************
				*** NOTHING IS TESTED HERE: no C compiler (cc, gcc, clang) is in the PATH, so
				*** the ways out of a process tree cannot be built. Install one, as with
				*** "apt-get install gcc libc6-dev", and run the escape suite again.
				**********************************************************************************
				""");
		return Optional.empty();
	}

	public Path executable() {
		return this.executable;
	}

	/** The program of a job that goes this way; then it stays, or exits with 0. */
	public List<String> command(Way way, boolean leaves, Book book) {
		return List.of(this.executable.toString(), way.toString(), book.file().toString(), seconds(),
				leaves ? "leave" : "stay");
	}

	/** So many daemons that fork all the time: for a PID namespace whose init reaps. */
	public List<String> breeders(int count, Book book) {
		return List.of(this.executable.toString(), "breeders", book.file().toString(), seconds(),
				String.valueOf(count));
	}

	/** The daemon that starts a worker for whoever asks for one. */
	List<String> serve(Book book) {
		return List.of(this.executable.toString(), "serve", book.file().toString(), seconds());
	}

	private String seconds() {
		return String.valueOf(this.life.toSeconds());
	}

	/** The names of all ways that it knows. */
	List<String> ways() throws IOException, InterruptedException {
		return run(List.of(this.executable.toString(), "list")).lines().toList();
	}

	private static EscapeProgram compile(Path compiler) throws IOException, InterruptedException {
		Path executable = Files.createTempFile("escape-", "");
		executable.toFile().deleteOnExit();
		List<String> command = new ArrayList<>(List.of(compiler.toString(), "-std=gnu11", "-O1", "-Wall", "-Wextra",
				"-Werror", "-pthread", "-o", executable.toString()));
		try (Stream<Path> files = Files.list(SOURCES)) {
			files.map(Path::toString).filter((file) -> file.endsWith(".c")).sorted().forEach(command::add);
		}
		run(command);
		return at(executable);
	}

	private static String run(List<String> command) throws IOException, InterruptedException {
		Path output = Files.createTempFile("escape-output-", ".txt");
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new AssertionError(command + " failed: " + Files.readString(output));
			}
			return Files.readString(output);
		}
		finally {
			Files.delete(output);
		}
	}

	private static Optional<Path> onPath(String name) {
		return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":"))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable)
			.findFirst();
	}

}
