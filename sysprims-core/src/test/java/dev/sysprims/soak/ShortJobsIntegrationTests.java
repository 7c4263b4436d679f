package dev.sysprims.soak;

import java.time.Duration;
import java.util.List;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Many jobs in a row, of which nothing may stay. */
class ShortJobsIntegrationTests {

	private static final int JOBS = Soak.scale(2_000, 100_000);

	/**
	 * Of whatever the JVM itself keeps: at full scale a leak of 10 bytes a job is seen.
	 */
	private static final long HEAP_SLACK = 1 << 20;

	@ParameterizedTest
	@EnumSource(names = { "CGROUP", "SESSION" })
	void nothingStaysOfThem(Containment containment) throws Exception {
		long begun = System.nanoTime();
		List<String> said = new ChildJvm().within(Duration.ofMinutes(15))
			.run(ShortJobsProgram.class, containment.name(), Integer.toString(JOBS))
			.lines()
			.toList();
		Assumptions.assumeTrue(said.stream().noneMatch((line) -> line.startsWith("unavailable ")),
				() -> "there is no such tier here: " + said);
		ShortJobsProgram.State before = state(said, "before ");
		ShortJobsProgram.State after = state(said, "after ");
		Soak.tell("%d short jobs, %s: %s before, %s after, %d s", JOBS, containment, before, after,
				(System.nanoTime() - begun) / 1_000_000_000);
		assertThat(said).contains("succeeded " + (1_500 + JOBS));
		assertThat(after.descriptors()).isEqualTo(before.descriptors());
		assertThat(after.threads()).isLessThanOrEqualTo(before.threads());
		assertThat(after.children()).as("children, zombies too").isZero();
		assertThat(after.cgroups()).as("cgroups").isZero();
		assertThat(after.heap()).isLessThan(before.heap() + HEAP_SLACK);
	}

	private static ShortJobsProgram.State state(List<String> said, String when) {
		return said.stream()
			.filter((line) -> line.startsWith(when))
			.map((line) -> ShortJobsProgram.State.parse(line))
			.findFirst()
			.orElseThrow(() -> new AssertionError("It said: " + said));
	}

}
