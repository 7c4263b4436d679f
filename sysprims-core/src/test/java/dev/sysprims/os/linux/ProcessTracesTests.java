package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sysprims.fixture.CollectedBytes;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.JobMarker;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.process.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** By what a process is recognised that has left group, session and parent. */
class ProcessTracesTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private static final String DAEMON = """
			(setsid sh -c '. "$0"; announce daemon; exec %s sleep 60' "$FIXTURE" &)
			announce leader; exec sleep 60
			""";

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void aDaemonIsRecognisedByTheMarkerOfItsJob() {
		try (Spawned job = start("", discard()); Spawned other = Spawned.start(OS, Command.of("sleep", "60"))) {
			ProcessKey daemon = awaitDaemon();
			String marker = job.child().marker();
			assertThat(JobMarker.isIn(OS.markerOf(daemon), marker)).isTrue();
			assertThat(OS.markerOf(job.child().key())).isEqualTo(OS.markerOf(daemon));
			assertThat(JobMarker.isIn(OS.markerOf(other.child().key()), marker)).isFalse();
		}
	}

	@Test
	void withoutItsEnvironmentADaemonIsRecognisedByThePipesOfItsJob() {
		try (Spawned job = start("env -i", new ChildOutput.Capture(new CollectedBytes()))) {
			ProcessKey daemon = awaitDaemon();
			ProcessFixture.awaitTrue(() -> OS.markerOf(daemon) == null, "it did not wipe its environment");
			assertThat(job.child().pipes()).hasSize(1);
			assertThat(OS.pipesOf(daemon)).isEqualTo(job.child().pipes());
			assertThat(OS.pipesOf(job.child().key())).isEqualTo(job.child().pipes());
		}
	}

	@Test
	void theMarkerOfAProcessThatExecutesAnotherProgramJustNowIsSeen() throws IOException {
		Path script = Files.writeString(this.fixture.directory().resolve("again.sh"), "exec sh \"$0\"\n");
		try (Spawned job = Spawned.start(OS, Command.of("sh", script.toString()))) {
			awaitMarker(job);
			int seen = 0;
			for (int i = 0; i < 3_000; i++) {
				seen += (OS.markerOf(job.child().key()) != null) ? 1 : 0;
			}
			// Not each time on a busy machine: it may lose the processor just then, which
			// is
			// why a member is only judged to carry none after two looks.
			assertThat(seen).isGreaterThanOrEqualTo(2_900);
		}
	}

	@Test
	void eachOutputHasItsPipeAndOutputElsewhereHasNone() {
		assertThat(pipes(new ChildOutput.Stream(), new ChildOutput.Stream())).isEqualTo(2);
		assertThat(pipes(new ChildOutput.Capture(new CollectedBytes()), new ChildOutput.Stream())).isEqualTo(2);
		assertThat(pipes(new ChildOutput.Stream(), new ChildOutput.SameAsStdout())).isEqualTo(1);
		assertThat(pipes(discard(), new ChildOutput.Stream())).isEqualTo(1);
		assertThat(pipes(discard(), new ChildOutput.ToFile(this.fixture.directory().resolve("out"), false))).isZero();
	}

	@Test
	void anotherProcessWithThatNumberAndOneThatIsGoneHaveNoTrace() {
		ProcessKey key;
		try (Spawned job = Spawned.start(OS, new SpawnRequest(Command.of("sleep", "60"), new ChildInput.Empty(),
				new ChildOutput.Stream(), discard()))) {
			key = job.child().key();
			awaitMarker(job);
			assertThat(OS.pipesOf(key)).isNotEmpty();
			ProcessKey earlier = new ProcessKey(key.pid(), key.start() - 1);
			assertThat(OS.markerOf(earlier)).isNull();
			assertThat(OS.pipesOf(earlier)).isEmpty();
		}
		assertThat(OS.markerOf(key)).isNull();
		assertThat(OS.pipesOf(key)).isEmpty();
	}

	@Test
	void aZombieHasNoTrace() {
		try (Spawned job = Spawned.start(OS,
				new SpawnRequest(Command.of("true"), new ChildInput.Empty(), new ChildOutput.Stream(), discard()))) {
			job.exit();
			assertThat(OS.markerOf(job.child().key())).isNull();
			assertThat(OS.pipesOf(job.child().key())).isEmpty();
		}
	}

	@Test
	void whatChangedItsIdentityWhileItWasReadHasNoTrace(@TempDir Path root) throws IOException {
		Path process = Files.createDirectory(root.resolve("7"));
		Files.write(process.resolve("environ"), "A=1\0SYSPRIMS_JOB=m-1\0".getBytes(StandardCharsets.UTF_8));
		Files.writeString(process.resolve("stat"), "7 (sh) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 4711 0 0\n");
		ProcessTraces traces = new ProcessTraces(new ProcReader(root.toFile()));
		assertThat(traces.marker(new ProcessKey(7, 4711))).isEqualTo("m-1");
		assertThat(traces.marker(new ProcessKey(7, 4712))).isNull();
		Files.delete(process.resolve("stat"));
		assertThat(traces.marker(new ProcessKey(7, 4711))).isNull();
	}

	private Spawned start(String through, ChildOutput output) {
		Command command = Command.of(this.fixture.sh(DAEMON.formatted(through)).toArray(String[]::new));
		return Spawned.start(OS, new SpawnRequest(command, new ChildInput.Empty(), output, discard()));
	}

	private int pipes(ChildOutput output, ChildOutput errors) {
		try (Spawned job = Spawned.start(OS,
				new SpawnRequest(Command.of("sleep", "60"), new ChildInput.Stream(), output, errors))) {
			assertThat(OS.pipesOf(job.child().key())).containsAll(job.child().pipes());
			return job.child().pipes().size();
		}
	}

	/** Until it executes its program, a child of this JVM has the environment of this. */
	private static void awaitMarker(Spawned job) {
		ProcessFixture.awaitTrue(() -> OS.markerOf(job.child().key()) != null, "it has no marker");
	}

	private ProcessKey awaitDaemon() {
		LiveProcess daemon = this.fixture.await("daemon");
		assertThat(daemon.sid()).isEqualTo(daemon.pid());
		return new ProcessKey(daemon.pid(), daemon.start());
	}

	private static ChildOutput discard() {
		return new ChildOutput.Discard();
	}

}
