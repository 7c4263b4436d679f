package dev.sysprims.supervisor;

import java.time.Duration;

import dev.sysprims.process.TerminateTreeConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClosingTests {

	@ParameterizedTest
	@CsvSource({ "PT1H", "PT29S", "PT5S", "PT2S", "PT1S", "PT0.1S", "PT0.001S", "PT0.000000001S" })
	void graceAndKillFitTheBudget(Duration budget) {
		TerminateTreeConfig fitted = Closing.fit(TerminateTreeConfig.defaults(), budget);
		assertThat(fitted.graceTimeout().plus(fitted.killTimeout())).isLessThanOrEqualTo(budget);
		assertThat(fitted.graceTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(10));
		assertThat(fitted.killTimeout()).isLessThanOrEqualTo(Duration.ofSeconds(2)).isPositive();
	}

	@ParameterizedTest
	@CsvSource({ "PT1H, PT10S, PT2S", "PT8.25S, PT6S, PT2S", "PT2.2S, PT1S, PT1S" })
	void graceIsCutFirst(Duration budget, Duration grace, Duration kill) {
		TerminateTreeConfig fitted = Closing.fit(TerminateTreeConfig.defaults(), budget);
		assertThat(fitted.graceTimeout()).isCloseTo(grace, Duration.ofMillis(20));
		assertThat(fitted.killTimeout()).isCloseTo(kill, Duration.ofMillis(20));
	}

}
