package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A file that is a directory stands for one that cannot be opened. */
class ProcReaderTests {

	private static final String LINE = " (a) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 99\n";

	@TempDir
	private Path root;

	private ProcReader reader;

	@BeforeEach
	void twoProcesses() throws IOException {
		this.reader = new ProcReader(this.root.toFile());
		write("1", "stat", "1" + LINE);
		write("4194304", "stat", "4194304" + LINE);
		Files.createDirectory(this.root.resolve("12x"));
		Files.createDirectory(this.root.resolve("self"));
	}

	@Test
	void onlyNumbersAreProcesses() {
		assertThat(this.reader.pids()).containsExactlyInAnyOrder(1, 4194304);
	}

	@Test
	void aProcThatIsNotThereCannotBeListed() {
		ProcReader nowhere = new ProcReader(this.root.resolve("missing").toFile());
		assertThatExceptionOfType(SysprimsException.class).isThrownBy(nowhere::pids)
			.withMessageContaining("missing")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(ErrorKind.SYSTEM));
	}

	@Test
	void aProcessThatVanishedIsNone() throws ProcessHiddenException, IOException {
		Files.delete(this.root.resolve("1/stat"));
		Files.delete(this.root.resolve("1"));
		assertThat(this.reader.stat(1, ProcReader.buffer())).isNull();
		assertThat(this.reader.read(1, "cmdline")).isNull();
		assertThat(this.reader.link(1, "exe")).isNull();
	}

	@Test
	void aProcessThatVanishesAfterItsDirectoryWasOpenedIsNone() throws ProcessHiddenException, IOException {
		Files.delete(this.root.resolve("1/stat"));
		assertThat(this.reader.stat(1, ProcReader.buffer())).isNull();
	}

	@Test
	void aFileThatCannotBeReadThoughOthersCanIsHidden() throws IOException {
		Files.createDirectory(this.root.resolve("1/environ"));
		write("self", "stat", "1" + LINE);
		assertThatExceptionOfType(ProcessHiddenException.class).isThrownBy(() -> this.reader.read(1, "environ"));
	}

	@Test
	void whenNothingCanBeReadItIsThisJvmThatCannotLook() throws IOException {
		Files.createDirectory(this.root.resolve("1/environ"));
		assertThatExceptionOfType(SysprimsException.class).isThrownBy(() -> this.reader.read(1, "environ"))
			.withMessageContaining("Process 1 cannot be looked at")
			.withMessageContaining("open files")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(ErrorKind.SYSTEM));
	}

	@Test
	void aLineAboutAnotherProcessIsRefused() throws IOException {
		write("1", "stat", "2" + LINE);
		assertThatExceptionOfType(SysprimsException.class).isThrownBy(() -> this.reader.stat(1, ProcReader.buffer()))
			.withMessageContaining("It is about process 2.");
	}

	@Test
	void aFileLargerThanOneReadIsReadToItsEnd() throws ProcessHiddenException, IOException {
		write("1", "environ", "x".repeat(100_000));
		assertThat(this.reader.read(1, "environ")).hasSize(100_000);
	}

	private void write(String process, String name, String content) throws IOException {
		Files.writeString(Files.createDirectories(this.root.resolve(process)).resolve(name), content);
	}

}
