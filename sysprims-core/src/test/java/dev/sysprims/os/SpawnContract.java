package dev.sysprims.os;

import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import dev.sysprims.process.Command;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.Containment;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.process.SysprimsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Starting, signalling and reaping children. */
interface SpawnContract extends BackendUnderTest {

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 71, 127, 143, 255 })
	default void anExitCodeIsAnExitCode(int code) {
		try (StartedChild started = start("exit " + code)) {
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(code));
			assertThat(started.child().reap().status()).isEqualTo(ExitStatus.exited(code));
		}
	}

	@Test
	default void deathByASignalIsToldApartFromAnExitCode() {
		try (StartedChild started = start("kill -TERM $$")) {
			boolean strong = strongOrWarned(Capability.EXIT_SIGNAL, started.child().warnings(), "128 + n");
			ExitStatus expected = strong ? ExitStatus.signalled(Signal.TERM) : ExitStatus.exited(143);
			assertThat(started.exit()).isEqualTo(expected);
			assertThat(started.child().reap().status()).isEqualTo(expected);
		}
	}

	@Test
	default void aChildTakesThePoliteSignalAndNoneOnceItHasExited() {
		try (StartedChild started = start("trap 'exit 7' TERM; "
				+ "sh -c '. \"$0\"; announce sleeper; exec sleep 60' \"$FIXTURE\" & announce child; wait")) {
			fixture().await("child");
			fixture().await("sleeper");
			assertThat(started.hasExited()).isFalse();
			assertThat(started.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(7));
			assertThat(started.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
			assertThat(started.child().signal(Signal.KILL)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	default void aChildThatIgnoresThePoliteSignalIsKilled() {
		try (StartedChild started = start("trap '' TERM; announce child; exec sleep 60")) {
			LiveProcess child = fixture().await("child");
			assertThat(started.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			assertThat(started.child().signal(Signal.KILL)).isEqualTo(SignalOutcome.SENT);
			started.exit();
			assertThat(child.isAlive()).isFalse();
		}
	}

	@Test
	default void anySignalOrTheWarningThatOnlyTwoCanBeSent() {
		try (StartedChild started = start("announce child; exec sleep 60")) {
			fixture().await("child");
			if (strongOrWarned(Capability.ANY_SIGNAL, started.child().warnings(), "Only SIGTERM")) {
				assertThat(started.child().signal(Signal.USR1)).isEqualTo(SignalOutcome.SENT);
				assertThat(started.exit()).isEqualTo(ExitStatus.signalled(Signal.USR1));
			}
			else {
				assertThat(started.child().signal(Signal.USR1)).isEqualTo(SignalOutcome.NOT_SUPPORTED);
				assertThat(started.hasExited()).isFalse();
			}
		}
	}

	@Test
	default void aChildLeadsASessionThatIsSignalledAtOnceOrAWarningSaysWhyNot() {
		try (StartedChild started = start(
				"sh -c '. \"$0\"; announce member; exec sleep 60' \"$FIXTURE\" & announce child; exec sleep 60")) {
			LiveProcess child = fixture().await("child");
			LiveProcess member = fixture().await("member");
			assertThat(started.child().key().pid()).isEqualTo(child.pid());
			if (strongOrWarned(Capability.OWN_SESSION, started.child().warnings(), "no session")) {
				assertThat(started.child().pgid()).isEqualTo(child.pid());
				assertThat(List.of(child.pgid(), child.sid(), member.pgid(), member.sid())).containsOnly(child.pid());
				assertThat(started.child().signalGroup(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
				ProcessFixture.awaitTrue(() -> !member.isAlive() && !child.isAlive(), "the group did not end");
			}
			else {
				assertThat(started.child().pgid()).isNull();
				assertThat(started.child().signalGroup(Signal.TERM)).isEqualTo(SignalOutcome.NOT_SUPPORTED);
				assertThat(child.isAlive() && member.isAlive()).isTrue();
			}
		}
	}

	@Test
	default void reapingIsIdempotentAndOfALiveChildOnlyAWish() {
		try (StartedChild started = start("announce child; exec sleep 60")) {
			LiveProcess child = fixture().await("child");
			assertThat(started.child().reap()).isEqualTo(new Reaped(ExitStatus.UNKNOWN, null));
			started.child().signal(Signal.KILL);
			started.exit();
			ProcessFixture.awaitTrue(() -> child.state() == '-', "it was not reaped");
			assertThat(started.child().reap()).isEqualTo(started.child().reap());
			assertThat(started.child().reap().status()).isNotEqualTo(ExitStatus.UNKNOWN);
			assertThat(started.child().signalGroup(Signal.KILL)).isIn(SignalOutcome.GONE, SignalOutcome.NOT_SUPPORTED);
		}
	}

	@Test
	default void usageIsKnownWhereItIsDeclared() {
		try (StartedChild started = start("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done")) {
			started.exit();
			if (os().platform().has(Capability.USAGE)) {
				assertThat(started.child().reap().usage().cpuTime()).isPositive();
			}
			else {
				assertThat(started.child().reap().usage()).isNull();
			}
		}
	}

	@Test
	default void aChildInheritsNoDescriptorNorASignalMask() throws IOException {
		try (OutputStream ours = new FileOutputStream(fixture().directory().resolve("ours").toFile());
				StartedChild started = start("announce child; exec sleep 60")) {
			ours.write(1);
			LiveProcess child = awaitSleep("child");
			assertThat(child.pid()).isEqualTo(started.pid());
			assertThat(new File("/proc/" + child.pid() + "/fd").list()).containsExactlyInAnyOrder("0", "1", "2");
			if (os().platform().has(Capability.CLEAN_SPAWN)) {
				assertThat(Files.readAllLines(Path.of("/proc/" + child.pid() + "/status")))
					.contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "sysprims-no-such-program", "/no/such/program", "./no-such-program" })
	default void aMissingProgramIsNotFound(String program) {
		assertThatExceptionOfType(CommandNotFoundException.class).isThrownBy(() -> spawn(Command.of(program, "x")))
			.withMessageStartingWith("Cannot start '" + program + "': ");
	}

	@Test
	default void aProgramThatMayNotBeExecutedIsDenied() throws IOException {
		Path file = Files.writeString(fixture().directory().resolve("plain.sh"), "#!/bin/sh\n");
		assertDenied(Command.of(file.toString()));
		assertDenied(Command.of(fixture().directory().toString()));
		assertDenied(Command.of("plain.sh").withEnv("PATH", fixture().directory().toString()));
	}

	@Test
	default void aMissingInterpreterIsNoMissingProgram() throws IOException {
		Path file = script("bad-interpreter", "#!/no/such/interpreter\n");
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> spawn(Command.of(file.toString())))
			.withMessageContaining("interpreter");
	}

	@Test
	default void aProgramThatIsBeingWrittenIsTextBusy() throws IOException {
		Path file = fixture().directory().resolve("busy");
		Files.copy(Path.of("/bin/true").toRealPath(), file);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
		try (OutputStream writer = new FileOutputStream(file.toFile(), true)) {
			writer.flush();
			assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> spawn(Command.of(file.toString())))
				.withMessageContaining("ETXTBSY");
		}
		spawn(Command.of(file.toString()));
	}

	@Test
	default void argumentsThatAreTooLargeAreSaidToBe() {
		assertThatExceptionOfType(SpawnFailedException.class)
			.isThrownBy(() -> spawn(Command.of("true", "x".repeat(10_000_000))))
			.withMessageContaining("E2BIG");
	}

	@Test
	default void aBadDirectoryIsNamedAndNotTheProgram() throws IOException {
		Path missing = fixture().directory().resolve("missing");
		Path file = Files.writeString(fixture().directory().resolve("file"), "");
		for (Path directory : List.of(missing, file)) {
			assertThatExceptionOfType(SpawnFailedException.class)
				.isThrownBy(() -> spawn(Command.of("true").withCwd(directory)))
				.withMessageContaining("working directory " + directory);
		}
	}

	@Test
	default void aPathWithASlashIsRelativeToTheChildsDirectory() throws IOException {
		script("here.sh", "#!/bin/sh\npwd; exit 5\n");
		CollectingSink output = new CollectingSink();
		Command command = Command.of("./here.sh").withCwd(fixture().directory());
		try (StartedChild started = StartedChild.start(os(), new SpawnRequest(command, new ChildInput.Empty(),
				new ChildOutput.Capture(output), new ChildOutput.Discard()))) {
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(5));
			assertThat(output.await().text()).isEqualTo(fixture().directory().toRealPath() + "\n");
		}
	}

	@Test
	default void aProgramIsLookedUpInTheChildsPath() throws IOException {
		script("sysprims-only-there", "#!/bin/sh\nexit 6\n");
		Command command = Command.of("sysprims-only-there");
		try (StartedChild started = StartedChild.start(os(),
				StartedChild.quiet(command.withEnv("PATH", "/no/such:" + fixture().directory())))) {
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(6));
		}
		assertThatExceptionOfType(CommandNotFoundException.class).isThrownBy(() -> spawn(command));
	}

	@Test
	default void theEnvironmentIsInheritedWithChanges() {
		CollectingSink output = new CollectingSink();
		Command command = Command.of("/usr/bin/env")
			.withEnv("my.prop", "a=b c")
			.withEnv("EMPTY", "")
			.withEnv("HOME", null);
		try (StartedChild started = StartedChild.start(os(), new SpawnRequest(command, new ChildInput.Empty(),
				new ChildOutput.Capture(output), new ChildOutput.Discard()))) {
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(0));
			assertThat(output.await().text().lines())
				.contains("my.prop=a=b c", "EMPTY=", "PATH=" + System.getenv("PATH"))
				.noneMatch((line) -> line.startsWith("HOME="));
		}
	}

	@ParameterizedTest
	@EnumSource
	default void aChildCarriesItsMarkerOnce(AtJvmDeath atJvmDeath) {
		CollectingSink output = new CollectingSink();
		SpawnRequest request = new SpawnRequest(Command.of("/usr/bin/env").withEnv(JobMarker.VARIABLE, "outer-7"),
				new ChildInput.Empty(), new ChildOutput.Capture(output), new ChildOutput.Discard(), Containment.AUTO,
				atJvmDeath);
		try (StartedChild started = StartedChild.start(os(), request)) {
			String marker = started.child().marker();
			assertThat(marker).isNotNull();
			assertThat(started.child().atJvmDeath()).isEqualTo(atJvmDeath);
			assertThat(marker.startsWith(JobMarker.SWEPT_PREFIX)).isEqualTo(atJvmDeath == AtJvmDeath.END);
			assertThat(output.await().text().lines().filter((line) -> line.startsWith(JobMarker.VARIABLE)))
				.containsExactly(JobMarker.VARIABLE + "=outer-7," + marker);
		}
	}

	private void assertDenied(Command command) {
		assertThatExceptionOfType(PermissionDeniedException.class).isThrownBy(() -> spawn(command))
			.withMessageContaining(command.program())
			.withMessageContaining("EACCES");
	}

	/** Starts it and closes it; for commands that are expected to fail. */
	private void spawn(Command command) throws SysprimsException {
		StartedChild.start(os(), StartedChild.quiet(command)).close();
	}

	private Path script(String name, String content) throws IOException {
		Path file = Files.writeString(fixture().directory().resolve(name), content);
		return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
	}

}
