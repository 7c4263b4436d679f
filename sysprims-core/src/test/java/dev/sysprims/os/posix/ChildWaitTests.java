package dev.sysprims.os.posix;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChildWaitTests {

	@Test
	void aStatusWordIsACodeOrASignal() {
		assertThat(ChildWait.decode(0)).isEqualTo(ExitStatus.exited(0));
		assertThat(ChildWait.decode(255 << 8)).isEqualTo(ExitStatus.exited(255));
		assertThat(ChildWait.decode(143 << 8)).isEqualTo(ExitStatus.exited(143));
		assertThat(ChildWait.decode(15)).isEqualTo(ExitStatus.signalled(Signal.TERM));
	}

	@Test
	void aSignalThatLeftACoreIsThatSignal() {
		assertThat(ChildWait.decode(0x80 | 11)).isEqualTo(ExitStatus.signalled(Signal.SEGV));
	}

	@Test
	void ofAStrangerNothingIsKnown() {
		long parent = ProcessHandle.current().parent().orElseThrow().pid();
		assertThat(ChildWait.peek(parent)).isEqualTo(ExitStatus.UNKNOWN);
		assertThat(ChildWait.reap(parent, 0).status()).isEqualTo(ExitStatus.UNKNOWN);
	}

}
