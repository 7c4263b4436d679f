package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InterpreterTests {

	@ParameterizedTest
	@CsvSource({ "#!/bin/sh, /bin/sh", "#! /usr/bin/env python3 -u, /usr/bin/env", "#!\t/bin/sh\t-e, /bin/sh" })
	void itIsTheFirstWordOfTheFirstLine(String line, String interpreter) {
		assertThat(parse(line)).isEqualTo(interpreter);
		assertThat(parse(line + "\necho '#!/other'\n")).isEqualTo(interpreter);
	}

	@ParameterizedTest
	@CsvSource({ "''", "#", "#!", "'#!  '", "echo" })
	void aFileThatNamesNoneHasNone(String line) {
		assertThat(parse(line)).isNull();
	}

	@Test
	void aFileThatCannotBeReadHasNone() {
		assertThat(Interpreter.of(NativeText.bytes("/no/such/file"))).isNull();
		assertThat(Interpreter.of(NativeText.bytes("/dev/null"))).isNull();
		assertThat(Interpreter.of(NativeText.bytes("/usr"))).isNull();
	}

	private static String parse(String head) {
		return Interpreter.parse(head.getBytes(StandardCharsets.UTF_8));
	}

}
