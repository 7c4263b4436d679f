package dev.sysprims.soak;

import java.time.Duration;
import java.util.List;

import dev.sysprims.fixture.ChildJvm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What it costs that idle live jobs are looked over for members that leave. */
class LedgerCostIntegrationTests {

	private static final int SECONDS = Soak.scale(4, 60);

	/** Of one core; a look in a few seconds of a cold JVM on a busy machine is dearer. */
	private static final double MOST = Soak.FULL ? 0.01 : 0.1;

	@Test
	void aHundredIdleJobsTakeNextToNothing() throws Exception {
		List<String> said = new ChildJvm().within(Duration.ofMinutes(5))
			.run(LedgerCostProgram.class, "100", Integer.toString(SECONDS))
			.lines()
			.toList();
		double without = part(said, "without ");
		double young = part(said, "young ");
		double idle = part(said, "idle ");
		Soak.tell("100 live jobs, session tier, %d s each: %.3f %% of a core without jobs, %.3f %% young, %.3f %% idle",
				SECONDS, 100 * without, 100 * young, 100 * idle);
		assertThat(young - without).as("while they are young").isLessThan(MOST);
		assertThat(idle - without).as("when they are idle").isLessThan(MOST);
	}

	private static double part(List<String> said, String when) {
		return said.stream()
			.filter((line) -> line.startsWith(when))
			.mapToDouble((line) -> Double.parseDouble(line.substring(when.length())))
			.findFirst()
			.orElseThrow(() -> new AssertionError("It said: " + said));
	}

}
