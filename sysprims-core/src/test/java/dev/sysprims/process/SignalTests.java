package dev.sysprims.process;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SignalTests {

	@ParameterizedTest
	@CsvSource({ "1,SIGHUP", "2,SIGINT", "3,SIGQUIT", "6,SIGABRT", "9,SIGKILL", "11,SIGSEGV", "13,SIGPIPE",
			"14,SIGALRM", "15,SIGTERM" })
	void numbersThatEverySystemShares(int number, String name) {
		assertThat(Signal.of(number)).isEqualTo(new Signal(number, name)).hasToString(name);
		assertThat(Signal.named(name)).contains(Signal.of(number));
	}

	@ParameterizedTest
	@CsvSource({ "7,SIGBUS", "10,SIGUSR1", "12,SIGUSR2", "18,SIGCONT", "19,SIGSTOP", "20,SIGTSTP", "24,SIGXCPU",
			"25,SIGXFSZ", "31,SIGSYS" })
	@EnabledOnOs(OS.LINUX)
	void numbersOfLinux(int number, String name) {
		assertThat(Signal.of(number).name()).isEqualTo(name);
	}

	@Test
	void aRealTimeSignalGoesByItsNumber() {
		assertThat(Signal.of(34)).isEqualTo(new Signal(34, "SIG34"));
		assertThat(Signal.of(64).number()).isEqualTo(64);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TERM", "term", "SIGTERM", "sigterm", "SigTerm" })
	void namesInAnyCaseWithAndWithoutPrefix(String name) {
		assertThat(Signal.named(name)).contains(Signal.TERM);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "SIG", "15", "TERMINATE" })
	void aNameThatIsNone(String name) {
		assertThat(Signal.named(name)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1, -9, 65, Integer.MIN_VALUE })
	void aNumberThatIsNone(int number) {
		assertThatIllegalArgumentException().isThrownBy(() -> Signal.of(number));
		assertThatIllegalArgumentException().isThrownBy(() -> new Signal(number, "SIGX"));
	}

	@Test
	void aNameHasItsPrefix() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Signal(15, "TERM"));
	}

}
