package dev.sysprims.process;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class TerminateTreeConfigTests {

	@Test
	void theContractsDefaults() {
		assertThat(TerminateTreeConfig.defaults()).isEqualTo(new TerminateTreeConfig(Signal.TERM,
				Duration.ofSeconds(10), Signal.KILL, Duration.ofSeconds(2), FirstSignal.TREE));
		assertThat(TerminateTreeConfig.builder().build()).isEqualTo(TerminateTreeConfig.defaults());
	}

	@Test
	void everyPartCanBeChosen() {
		TerminateTreeConfig config = TerminateTreeConfig.builder()
			.signal(Signal.INT)
			.graceTimeout(Duration.ofMillis(1))
			.killSignal(Signal.QUIT)
			.killTimeout(Duration.ofMillis(2))
			.first(FirstSignal.LEADER)
			.build();
		assertThat(config).isEqualTo(new TerminateTreeConfig(Signal.INT, Duration.ofMillis(1), Signal.QUIT,
				Duration.ofMillis(2), FirstSignal.LEADER));
		assertThat(config.toBuilder().build()).isEqualTo(config);
	}

	@Test
	void aGraceMayBeZeroButNotNegativeOrEndless() {
		assertThat(grace(Duration.ZERO).graceTimeout()).isZero();
		assertThat(grace(Duration.ofDays(365)).graceTimeout()).hasDays(365);
		assertThatIllegalArgumentException().isThrownBy(() -> grace(Duration.ofNanos(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> grace(Duration.ofDays(365).plusNanos(1)));
		assertThatIllegalArgumentException().isThrownBy(() -> grace(Duration.ofSeconds(Long.MAX_VALUE)))
			.withMessageContaining("graceTimeout");
	}

	@Test
	void aKillTimeoutIsPositive() {
		assertThat(kill(Duration.ofNanos(1)).killTimeout()).isPositive();
		assertThatIllegalArgumentException().isThrownBy(() -> kill(Duration.ZERO)).withMessageContaining("killTimeout");
		assertThatIllegalArgumentException().isThrownBy(() -> kill(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> kill(Duration.ofDays(366)));
	}

	@Test
	void nothingMayBeNull() {
		assertThatNullPointerException().isThrownBy(() -> TerminateTreeConfig.builder().signal(null).build());
		assertThatNullPointerException().isThrownBy(() -> TerminateTreeConfig.builder().killSignal(null).build());
		assertThatNullPointerException().isThrownBy(() -> TerminateTreeConfig.builder().first(null).build());
		assertThatNullPointerException().isThrownBy(() -> grace(null));
		assertThatNullPointerException().isThrownBy(() -> kill(null));
	}

	private static TerminateTreeConfig grace(Duration timeout) {
		return TerminateTreeConfig.builder().graceTimeout(timeout).build();
	}

	private static TerminateTreeConfig kill(Duration timeout) {
		return TerminateTreeConfig.builder().killTimeout(timeout).build();
	}

}
