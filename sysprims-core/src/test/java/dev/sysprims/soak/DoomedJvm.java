package dev.sysprims.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.process.Containment;
import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM that runs the {@link DoomedProgram}. */
final class DoomedJvm implements AutoCloseable {

	private final Process jvm;

	private final BufferedReader answers;

	/**
	 * Starts it.
	 * @throws TestAbortedException where there is no such tier
	 */
	DoomedJvm(Containment containment) throws IOException {
		this.jvm = new ChildJvm().start(DoomedProgram.class, containment.name());
		this.answers = new BufferedReader(new InputStreamReader(this.jvm.getInputStream()));
		String said = answer();
		if (said.startsWith(DoomedProgram.UNAVAILABLE)) {
			close();
			throw new TestAbortedException("NOT TESTED, there is no such tier here: " + said);
		}
	}

	/** Has a job started; its pid. */
	long start(List<String> command) throws IOException {
		return Long.parseLong(tell(String.join("\t", command)));
	}

	/** Has the members of all jobs listed, as whoever shows them does. */
	void look() throws IOException {
		tell("");
	}

	/** {@code kill -9}. */
	void kill() {
		this.jvm.destroyForcibly();
		try {
			assertThat(this.jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	@Override
	public void close() {
		kill();
	}

	private String tell(String line) throws IOException {
		this.jvm.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
		this.jvm.getOutputStream().flush();
		return answer();
	}

	private String answer() throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (line.startsWith(DoomedProgram.ANSWER)) {
				return line.substring(DoomedProgram.ANSWER.length());
			}
		}
		throw new AssertionError("The JVM has ended.");
	}

}
