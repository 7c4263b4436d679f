package dev.sysprims.os.jdk;

import java.io.FileNotFoundException;
import java.io.IOException;

import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SpawnFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@DisabledOnOs(OS.WINDOWS)
class StartFailureTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Cannot run program "x": error=2, No such file or directory                     | ENOENT
			Cannot run program "x": Exec failed, error: 2 (No such file or directory)      | ENOENT
			Cannot run program "x": error=7, Argument list too long                        | E2BIG
			Cannot run program "x": error=11, Resource temporarily unavailable             | EAGAIN
			Cannot run program "x": posix_spawn failed, error: 12 (Cannot allocate memory) | ENOMEM
			Cannot run program "x" (in directory "/"): error=24, Too many open files       | EMFILE
			Cannot run program "x": Mauvais descripteur                                    | no errno
			""")
	void theErrnoIsNamed(String message, String errno) {
		assertThat(StartFailure.of("x", new IOException(message))).isInstanceOf(SpawnFailedException.class)
			.hasMessageStartingWith("Cannot start 'x': ")
			.hasMessageContaining("(" + errno + ")")
			.hasMessageEndingWith(".");
	}

	@Test
	void aForbiddenProgramIsDenied() {
		assertThat(StartFailure.of("x", new IOException("error=13, Permission denied")))
			.isInstanceOf(PermissionDeniedException.class)
			.hasMessageContaining("EACCES");
	}

	@Test
	void onlyTextBusyIsWorthAnotherTry() {
		assertThat(StartFailure.textBusy(new IOException("error=26, Text file busy"))).isTrue();
		assertThat(StartFailure.textBusy(new IOException("error=2, No such file"))).isFalse();
		assertThat(StartFailure.textBusy(new IOException((String) null))).isFalse();
	}

	@Test
	void aFileOfTheStreamsIsNamed() {
		IOException failure = new IOException("Cannot run program",
				new FileNotFoundException("/no/dir (No such file)"));
		assertThat(StartFailure.of("x", failure)).isInstanceOf(SpawnFailedException.class)
			.hasMessageContaining("/no/dir (No such file)");
	}

}
