package dev.sysprims.os.posix;

import java.io.FileNotFoundException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrnoTests {

	@Test
	void aNumberHasItsNameAndMeaning() {
		assertThat(Errno.name(Errno.ENOENT)).isEqualTo("ENOENT");
		assertThat(Errno.describe(Errno.ENOENT)).isEqualTo("ENOENT: no such file or directory");
	}

	@Test
	void anUnknownNumberIsShownAsIt() {
		assertThat(Errno.describe(4711)).isEqualTo("errno 4711");
	}

	@Test
	void anExceptionHasTheNumberOfTheCallThatFailed() {
		assertThat(LibC.open(NativeText.cString(NativeText.bytes("/no/such/file")), LibC.O_RDONLY, 0)).isEqualTo(-1);
		ErrnoException failure = ErrnoException.last("open");
		assertThat(failure.errno()).isEqualTo(Errno.ENOENT);
		assertThat(failure).hasMessage("open failed (ENOENT: no such file or directory)")
			.isNotInstanceOf(FileNotFoundException.class);
	}

}
