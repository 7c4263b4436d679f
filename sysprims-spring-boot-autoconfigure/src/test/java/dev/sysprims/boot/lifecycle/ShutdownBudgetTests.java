package dev.sysprims.boot.lifecycle;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShutdownBudgetTests {

	@ParameterizedTest
	@CsvSource({ "PT30S, PT29S, PT29.5S", "PT10S, PT9S, PT9.5S", "PT2S, PT1S, PT1.5S", "PT1S, PT0.5S, PT0.75S",
			"PT0.1S, PT0.05S, PT0.075S", "PT0S, PT0.001S, PT0.001S" })
	void aReserveIsLeftInEveryPhase(Duration phaseTimeout, Duration trees, Duration listeners) {
		assertThat(ShutdownBudget.of(phaseTimeout)).isEqualTo(new ShutdownBudget(trees, listeners));
	}

}
