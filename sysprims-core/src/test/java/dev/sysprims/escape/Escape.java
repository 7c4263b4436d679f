package dev.sysprims.escape;

import java.io.IOException;
import java.util.List;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** One run of the program on one way; closing ends whatever is left of it. */
public final class Escape implements AutoCloseable {

	private final EscapeProgram program;

	private final Way way;

	private final boolean leaves;

	private final Book book = new Book();

	private final @Nullable Process server;

	/**
	 * A run to come.
	 * @param leaves whether the program exits when all is set up
	 */
	public Escape(EscapeProgram program, Way way, boolean leaves) throws IOException {
		this.program = program;
		this.way = way;
		this.leaves = leaves;
		this.server = way.needsServer() ? new ProcessBuilder(program.serve(this.book)).start() : null;
		if (this.server != null) {
			ProcessFixture.awaitTrue(this.book::hasServer, "the daemon does not serve");
		}
	}

	/** What to start. */
	public List<String> command() {
		return this.program.command(this.way, this.leaves, this.book);
	}

	/**
	 * Waits, bounded, until everybody is where it wants to be.
	 * @throws TestAbortedException when this way is barred on this machine
	 */
	public void awaitReady() {
		this.book.awaitComplete();
		this.book.impossible().ifPresent((reason) -> {
			throw new TestAbortedException(this.way + " is not possible here: " + reason);
		});
	}

	/** Those that live now. */
	public List<LiveProcess> survivors() {
		return this.book.survivors(this.way);
	}

	/** Waits, bounded, until nobody lives any more, without doing anything about it. */
	void awaitEnd() {
		this.book.awaitComplete();
		ProcessFixture.awaitTrue(() -> this.book.survivors(this.way).isEmpty(),
				"processes of " + this.way + " outlived the deadline");
	}

	@Override
	public void close() {
		if (this.server != null) {
			this.server.destroyForcibly();
		}
		this.book.close();
	}

}
