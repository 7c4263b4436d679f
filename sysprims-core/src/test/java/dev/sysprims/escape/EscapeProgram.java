package dev.sysprims.escape;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.sysprims.fixture.CProgram;
import dev.sysprims.fixture.Slowness;

/**
 * The C program with all ways out of a process tree, built from {@code src/test/c} when
 * the first test asks for it.
 */
public final class EscapeProgram {

	/** How long its processes live at most, whatever happens to them. */
	private static final Duration LIFE = Slowness.of(Duration.ofSeconds(30));

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
		return CProgram.build("", "the ways out of a process tree").map(EscapeProgram::at);
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
		return CProgram.run(List.of(this.executable.toString(), "list")).lines().toList();
	}

}
