package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import dev.sysprims.fixture.CollectedBytes;
import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SpawnFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SpawnErrorsTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private final ProcessFixture fixture = new ProcessFixture();

	private final Path directory = this.fixture.directory();

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void aProgramThatIsNotInPathSaysWhereItWasLookedFor() {
		assertThatExceptionOfType(CommandNotFoundException.class)
			.isThrownBy(() -> start(Command.of("ffmpeg-none").withEnv("PATH", "/usr/bin:/bin")))
			.withMessage("Cannot start 'ffmpeg-none': no such file in PATH (/usr/bin:/bin). "
					+ "Give an absolute path or set JobSpec.env(\"PATH\", …).");
	}

	@Test
	void aMissingPathIsCommandNotFound() {
		assertThatExceptionOfType(CommandNotFoundException.class)
			.isThrownBy(() -> start(Command.of("/no/such/program")))
			.withMessageContaining("Cannot start '/no/such/program'")
			.withMessageContaining("ENOENT");
		assertThatExceptionOfType(CommandNotFoundException.class)
			.isThrownBy(() -> start(Command.of("./program").withCwd(this.directory)))
			.withMessageContaining(this.directory.toString());
	}

	@Test
	void aFileWithoutThePermissionIsPermissionDenied() {
		Path file = file("plain", "#!/bin/sh\n", false);
		assertThatExceptionOfType(PermissionDeniedException.class).isThrownBy(() -> start(Command.of(file.toString())))
			.withMessageContaining(file.toString())
			.withMessageContaining("EACCES");
		assertThatExceptionOfType(PermissionDeniedException.class)
			.isThrownBy(() -> start(Command.of("plain").withEnv("PATH", this.directory.toString())))
			.withMessageContaining(file.toString())
			.withMessageContaining("EACCES");
	}

	@Test
	void aFileWithoutThePermissionDoesNotHideALaterOneInPath() throws IOException {
		file("true", "", false);
		try (Spawned spawned = start(Command.of("true").withEnv("PATH", this.directory + ":/usr/bin:/bin"))) {
			assertThat(spawned.exit().exitCode()).isZero();
		}
		Files.delete(this.directory.resolve("true"));
		Files.createDirectory(this.directory.resolve("true"));
		try (Spawned spawned = start(Command.of("true").withEnv("PATH", this.directory + ":/usr/bin:/bin"))) {
			assertThat(spawned.exit().exitCode()).isZero();
		}
	}

	@Test
	void aDirectoryIsNoProgram() {
		assertThatExceptionOfType(PermissionDeniedException.class).isThrownBy(() -> start(Command.of("/usr")))
			.withMessageContaining("EACCES");
	}

	@Test
	void aBadWorkingDirectoryIsNotCommandNotFound() {
		Path missing = this.directory.resolve("missing");
		Path file = file("file", "", true);
		for (String program : List.of("true", "/bin/true", "./true")) {
			assertThatExceptionOfType(SpawnFailedException.class)
				.isThrownBy(() -> start(Command.of(program).withCwd(missing)))
				.withMessageContaining("working directory " + missing)
				.withMessageContaining("ENOENT");
			assertThatExceptionOfType(SpawnFailedException.class)
				.isThrownBy(() -> start(Command.of(program).withCwd(file)))
				.withMessageContaining("working directory " + file)
				.withMessageContaining("ENOTDIR");
		}
	}

	@Test
	void aBadWorkingDirectoryIsNamedThoughPathIsRelativeToIt() {
		Path missing = this.directory.resolve("missing");
		assertThatExceptionOfType(SpawnFailedException.class)
			.isThrownBy(() -> start(Command.of("tool").withCwd(missing).withEnv("PATH", "bin:")))
			.withMessageContaining("working directory " + missing);
	}

	@Test
	void aMissingInterpreterIsNamed() {
		Path script = file("script", "#!/no/such/python -u\nprint()\n", true);
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(Command.of(script.toString())))
			.withMessageContaining("its interpreter /no/such/python, named in the first line of " + script);
	}

	@Test
	void aFileThatIsNoProgramSaysSo() {
		Path file = file("data", "not a program\n", true);
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(Command.of(file.toString())))
			.withMessageContaining("ENOEXEC")
			.withMessageContaining(file.toString());
	}

	@Test
	void aPathThroughAFileOrALoopSaysSo() throws IOException {
		Path file = file("file", "", true);
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(Command.of(file + "/tool")))
			.withMessageContaining("ENOTDIR");
		Path loop = Files.createSymbolicLink(this.directory.resolve("loop"), Path.of("loop"));
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(Command.of(loop.toString())))
			.withMessageContaining("ELOOP");
	}

	@Test
	void tooLongArgumentsSayHowLong() {
		String[] arguments = new String[101];
		Arrays.fill(arguments, "x".repeat(100_000));
		arguments[0] = "true";
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(Command.of(arguments)))
			.withMessageContaining("E2BIG")
			.withMessageContaining("bytes");
		assertThatExceptionOfType(SpawnFailedException.class)
			.isThrownBy(() -> start(Command.of("true", "x".repeat(200_000))))
			.withMessageContaining("E2BIG")
			.withMessageContaining("128 KiB");
	}

	@Test
	void aProgramThatStaysOpenForWritingSaysSo() throws IOException {
		Path copy = Files.copy(Path.of("/bin/true"), this.directory.resolve("busy"));
		assertThat(copy.toFile().setExecutable(true)).isTrue();
		try (RandomAccessFile writing = new RandomAccessFile(copy.toFile(), "rw")) {
			assertThat(writing.length()).isPositive();
			assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(Command.of(copy.toString())))
				.withMessageContaining("ETXTBSY");
		}
		try (Spawned spawned = start(Command.of(copy.toString()))) {
			assertThat(spawned.exit().exitCode()).isZero();
		}
	}

	@Test
	void filesThatCannotBeOpenedAreNamed() {
		Path missing = this.directory.resolve("missing");
		assertRefused(new ChildInput.FromFile(missing), new ChildOutput.Discard(), "its input file " + missing,
				"ENOENT");
		assertRefused(new ChildInput.FromFile(this.directory), new ChildOutput.Discard(), "is a directory", "EISDIR");
		assertRefused(new ChildInput.Empty(), new ChildOutput.ToFile(this.directory, true), "its output file",
				"EISDIR");
		assertRefused(new ChildInput.Empty(), new ChildOutput.ToFile(missing.resolve("out"), false), "its output file",
				"ENOENT");
	}

	@Test
	void aFifoIsRefusedWithoutWaiting() throws Exception {
		Path fifo = this.directory.resolve("fifo");
		assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
		assertRefused(new ChildInput.FromFile(fifo), new ChildOutput.Discard(), "is a FIFO", "");
		assertRefused(new ChildInput.Empty(), new ChildOutput.ToFile(fifo, false), "is a FIFO", "ENXIO");
		try (RandomAccessFile both = new RandomAccessFile(fifo.toFile(), "rw")) {
			assertThat(both.getFD().valid()).isTrue();
			assertRefused(new ChildInput.Empty(), new ChildOutput.ToFile(fifo, false), "is a FIFO", "");
		}
	}

	@Test
	void aFailedSpawnLeavesNothingBehind() {
		CollectedBytes out = new CollectedBytes();
		assertThatExceptionOfType(CommandNotFoundException.class)
			.isThrownBy(() -> start(Command.of("/no/such/program")));
		List<String> before = OpenDescriptors.ofWork();
		for (int i = 0; i < 50; i++) {
			SpawnRequest request = new SpawnRequest(Command.of("/no/such/program"), new ChildInput.Stream(),
					new ChildOutput.Capture(out), new ChildOutput.ToFile(this.directory.resolve("err"), true));
			assertThatExceptionOfType(CommandNotFoundException.class).isThrownBy(() -> Spawned.start(OS, request));
			assertRefused(new ChildInput.Bytes(new byte[9]), new ChildOutput.ToFile(this.directory, true), "", "");
		}
		assertThat(OpenDescriptors.ofWork()).isEqualTo(before);
		assertThat(OS.table().childrenOf(ProcessHandle.current().pid())).isEmpty();
	}

	private void assertRefused(ChildInput in, ChildOutput out, String what, String why) {
		SpawnRequest request = new SpawnRequest(Command.of("true"), in, out, new ChildOutput.Stream());
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> Spawned.start(OS, request))
			.withMessageStartingWith("Cannot start 'true': ")
			.withMessageContaining(what)
			.withMessageContaining(why);
	}

	private Spawned start(Command command) {
		return Spawned.start(OS, command);
	}

	private Path file(String name, String content, boolean executable) {
		try {
			Path file = Files.writeString(this.directory.resolve(name), content);
			assertThat(file.toFile().setExecutable(executable)).isTrue();
			return file;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
