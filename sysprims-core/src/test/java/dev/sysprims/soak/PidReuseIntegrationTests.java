package dev.sysprims.soak;

import java.time.Duration;
import java.util.List;

import dev.sysprims.fixture.ChildJvm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers of processes that are given to others while somebody means the first. */
class PidReuseIntegrationTests {

	private static final int REUSES = Soak.scale(49, 1_000);

	@Test
	void whoeverGetsANumberThatWasMeantIsNotTouched() throws Exception {
		Namespace.assumeAvailable();
		long begun = System.nanoTime();
		List<String> said = new ChildJvm().through(Namespace.COMMAND)
			.within(Duration.ofMinutes(15))
			.run(PidReuseProgram.class, Integer.toString(REUSES))
			.lines()
			.toList();
		assertThat(said).contains("a signal is noticed: true")
			.noneMatch((line) -> line.startsWith("wrong"))
			.contains("reuses " + REUSES + " wrong 0");
		Soak.tell("forced PID reuses: %d, wrong signals: 0, %d s", REUSES, (System.nanoTime() - begun) / 1_000_000_000);
	}

}
