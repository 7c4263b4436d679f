package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChildWorldTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void aChildHasOnlyItsThreeDescriptors() throws IOException {
		List<InputStream> open = new ArrayList<>();
		try {
			for (int i = 0; i < 10_000; i++) {
				open.add(Files.newInputStream(Path.of("/dev/null")));
			}
			assertThat(OpenDescriptors.numbersOf(ProcessHandle.current().pid())).anyMatch((fd) -> fd > 10_000);
			assertThat(output("ls", "/proc/self/fd").lines()).containsExactly("0", "1", "2", "3");
			try (Spawned spawned = Spawned.start(OS, Command.of("sleep", "60"))) {
				// The dynamic loader has libraries open for a moment.
				ProcessFixture.awaitTrue(() -> OpenDescriptors.numbersOf(spawned.pid()).equals(List.of(0, 1, 2)),
						"there are others");
			}
		}
		finally {
			for (InputStream stream : open) {
				stream.close();
			}
		}
	}

	@Test
	void aChildBlocksAndIgnoresNoSignal() throws IOException {
		try (Spawned spawned = Spawned.start(OS, Command.of("sleep", "60"))) {
			List<String> status = Files.readAllLines(Path.of("/proc/" + spawned.pid() + "/status"));
			assertThat(status).contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000",
					"SigCgt:\t0000000000000000");
		}
	}

	@Test
	void aVariableIsSetReplacedOrRemoved() {
		Command command = Command.of("env", "-0")
			.withEnv("my.prop", "a b")
			.withEnv("9lives", "ünïcode")
			.withEnv("with-dash", "")
			.withEnv("HOME", null)
			.withEnv("PATH", "/usr/bin:/bin");
		List<String> lines = List.of(Spawned.output(OS, command).split("\0"));
		assertThat(lines).contains("my.prop=a b", "9lives=ünïcode", "with-dash=", "PATH=/usr/bin:/bin");
		assertThat(lines).noneMatch((line) -> line.startsWith("HOME="));
		assertThat(lines.stream().filter((line) -> line.startsWith("PATH="))).hasSize(1);
	}

	@Test
	void argumentsArriveAsTheyAre() {
		List<String> arguments = List.of("", " ", "*", "$HOME", "\"", "ünïcode 漢字", "new\nline");
		assertThat(Spawned.output(OS, Command.of("printf", "%s|").withArguments(arguments)))
			.isEqualTo(String.join("|", arguments) + "|");
	}

	@Test
	void aProgramWithASlashIsRelativeToTheChildsDirectory() throws IOException {
		Path script = this.fixture.directory().resolve("here.sh");
		Files.writeString(script, "#!/bin/sh\npwd -P\n");
		assertThat(script.toFile().setExecutable(true)).isTrue();
		assertThat(output("./here.sh").strip()).isEqualTo(this.fixture.directory().toRealPath().toString());
	}

	@Test
	void aProgramIsLookedForInTheChildsPathFromTheChildsDirectory() throws IOException {
		Path tools = Files.createDirectory(this.fixture.directory().resolve("tools"));
		Files.writeString(tools.resolve("only-here"), "#!/bin/sh\nexit 7\n");
		assertThat(tools.resolve("only-here").toFile().setExecutable(true)).isTrue();
		Command command = Command.of("only-here").withCwd(this.fixture.directory());
		try (Spawned spawned = Spawned.start(OS, command.withEnv("PATH", "/nowhere:tools"))) {
			assertThat(spawned.exit().exitCode()).isEqualTo(7);
		}
		try (Spawned spawned = Spawned.start(OS, command.withCwd(tools).withEnv("PATH", "/nowhere:"))) {
			assertThat(spawned.exit().exitCode()).isEqualTo(7);
		}
	}

	@Test
	void withoutPathTheUsualDirectoriesAreLookedAt() {
		try (Spawned spawned = Spawned.start(OS, Command.of("true").withEnv("PATH", null))) {
			assertThat(spawned.exit().exitCode()).isZero();
		}
	}

	private String output(String... argv) {
		return Spawned.output(OS, Command.of(argv).withCwd(this.fixture.directory()));
	}

}
