package dev.sysprims.os.posix;

import dev.sysprims.process.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PidTTests {

	@Test
	void aPidIsItself() {
		assertThat(PidT.of(1)).isEqualTo(1);
		assertThat(PidT.of(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, -1, -4711, 1L << 31, 0xffff_ffffL, 1L << 32, (1L << 32) + 4711, Long.MIN_VALUE })
	void whatKillWouldTakeForManyProcessesIsRefused(long pid) {
		assertThatIllegalArgumentException().isThrownBy(() -> PidT.of(pid)).withMessageContaining(Long.toString(pid));
		assertThatIllegalArgumentException().isThrownBy(() -> PidT.ofGroup(pid));
		assertThatIllegalArgumentException().isThrownBy(() -> Kill.process(pid, Signal.CONT));
		assertThatIllegalArgumentException().isThrownBy(() -> Kill.group(pid, Signal.CONT));
		assertThatIllegalArgumentException().isThrownBy(() -> ChildWait.peek(pid));
	}

	@Test
	void theGroupOfProcessOneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Kill.group(1, Signal.CONT))
			.withMessageContaining("every process");
		assertThat(PidT.ofGroup(2)).isEqualTo(-2);
	}

}
