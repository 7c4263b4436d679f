package dev.sysprims.os.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM that runs the {@link GuardingProgram}, to be killed. */
final class GuardingJvm implements AutoCloseable {

	private final ProcessFixture fixture = new ProcessFixture();

	private final Process jvm;

	private final BufferedReader answers;

	private final List<LiveProcess> watchdogs = new ArrayList<>();

	private int scripts;

	/** With this shell, or with the one that is found. */
	GuardingJvm(String... shell) {
		try {
			this.jvm = new ChildJvm().start(GuardingProgram.class, shell);
			this.answers = new BufferedReader(new InputStreamReader(this.jvm.getInputStream()));
			assertThat(answer()).isEqualTo("ready");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Has a script started as the command says: {@code guard}, {@code survive}, … */
	void start(String command, String script) {
		Path file = this.fixture.directory().resolve(this.scripts++ + ".sh");
		try {
			Files.writeString(file, this.fixture.sh(script).get(2));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		assertThat(tell(command + " " + file)).isEqualTo("done");
	}

	String tell(String command) {
		try {
			say(command);
			return answer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Tells it something that it does not survive. */
	void tellLast(String command) {
		try {
			say(command);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		awaitEnd();
	}

	/** {@code kill -9}. */
	void kill() {
		this.jvm.destroyForcibly();
		awaitEnd();
	}

	/** {@code kill -15}. */
	void terminate() {
		this.jvm.destroy();
		awaitEnd();
	}

	/** Waits until this one has announced itself. */
	LiveProcess await(String name) {
		return this.fixture.await(name);
	}

	List<LiveProcess> survivors() {
		return this.fixture.survivors();
	}

	/** Waits, bounded, until nothing lives but these. */
	void awaitOnly(LiveProcess... wanted) {
		ProcessFixture.awaitTrue(() -> survivors().size() <= wanted.length, "processes lived on: " + names());
		assertThat(survivors()).containsExactlyInAnyOrder(wanted);
	}

	/** The watchdog that runs now, once it does. */
	LiveProcess watchdog() {
		ProcessFixture.awaitTrue(() -> findWatchdog().isPresent(), "there is no watchdog");
		LiveProcess found = findWatchdog().orElseThrow();
		this.watchdogs.add(found);
		return found;
	}

	/** A child of that JVM that is called as a watchdog is, dead or alive. */
	Optional<LiveProcess> findWatchdog() {
		return this.jvm.toHandle()
			.children()
			.map(ProcessHandle::pid)
			.filter((pid) -> read(pid, "cmdline").startsWith("sh\0-s\0" + this.jvm.pid() + "\0"))
			.map((pid) -> LiveProcess.of("watchdog", pid))
			.findFirst();
	}

	static String read(long pid, String name) {
		try {
			return Files.readString(Path.of("/proc", Long.toString(pid), name), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			return "";
		}
	}

	Path directory() {
		return this.fixture.directory();
	}

	@Override
	public void close() {
		this.jvm.destroyForcibly();
		awaitEnd();
		this.watchdogs.forEach(LiveProcess::kill);
		this.fixture.close();
	}

	private String names() {
		return survivors().toString();
	}

	private String answer() throws IOException {
		for (String line = this.answers.readLine(); line != null; line = this.answers.readLine()) {
			if (line.startsWith(GuardingProgram.ANSWER)) {
				return line.substring(GuardingProgram.ANSWER.length());
			}
		}
		throw new AssertionError("The JVM has ended.");
	}

	private void say(String command) throws IOException {
		this.jvm.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
		this.jvm.getOutputStream().flush();
	}

	private void awaitEnd() {
		try {
			assertThat(this.jvm.waitFor(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

}
