package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PipeNameTests {

	@Test
	void aPipeHasANumber() {
		assertThat(parse("pipe:[1]")).isEqualTo("pipe:[1]");
		assertThat(parse("pipe:[18446744073709551615]")).isEqualTo("pipe:[18446744073709551615]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "pipe:[", "pipe:[]", "pipe:[12", "pipe:[-1]", "pipe:[1]x", "pipe:[a]", "/pipe:[1]",
			"socket:[12345]", "anon_inode:[pidfd]", "/dev/null", "/tmp/pipe:[1] (deleted)" })
	void anythingElseIsNoPipe(String target) {
		assertThat(parse(target)).isNull();
	}

	@Test
	void whatCouldNotBeReadIsNoPipe() {
		assertThat(PipeName.parse("pipe:[1]".getBytes(StandardCharsets.US_ASCII), -1)).isNull();
	}

	@Test
	void bothEndsAndEveryProcessKnowAPipeByOneName() throws ErrnoException {
		int[] ends = Descriptors.pipe();
		try {
			String name = PipeName.ofOwn(ends[0]);
			assertThat(name).startsWith("pipe:[");
			assertThat(PipeName.ofOwn(ends[1])).isEqualTo(name);
			assertThat(PipeName.of(ProcessHandle.current().pid(), ends[0])).isEqualTo(name);
		}
		finally {
			Descriptors.close(ends[0]);
			Descriptors.close(ends[1]);
		}
		assertThat(PipeName.ofOwn(Descriptors.NONE)).isNull();
	}

	private static String parse(String target) {
		byte[] bytes = target.getBytes(StandardCharsets.US_ASCII);
		return PipeName.parse(bytes, bytes.length);
	}

}
