package dev.sysprims.os.linux;

import java.time.Duration;
import java.util.Optional;

import dev.sysprims.fixture.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A fork bomb inside of a limit that it shares with the JVM, as in a container. In a PID
 * namespace of its own, whose init reaps what it leaves behind.
 */
@Timeout(240)
class ForkBombIntegrationTests {

	/** A JVM has some twenty threads; more than this is only more work. */
	private static final int PROCESSES = 80;

	@Test
	void onTheCgroupTierItIsEndedForSure() throws Exception {
		assertEnded("cgroup", "CGROUP", false);
	}

	@Test
	void onTheSessionTierItIsEnded() throws Exception {
		assertEnded("session", "SESSION", false);
	}

	@Test
	void onTheReaperTierItIsEnded() throws Exception {
		assertEnded("reaper", "SESSION", true);
	}

	private static void assertEnded(String tier, String containment, boolean subreaper) throws Exception {
		Optional<PidsLimit> possible = PidsLimit.of(PROCESSES);
		if (possible.isEmpty()) {
			System.err.println("SKIPPED, a fork bomb is NOT tested: this JVM has no pids controller to limit it with.");
		}
		assumeThat(possible).as("a pids controller").isPresent();
		assumeThat(new ProcessBuilder("perl", "-e", "1").start().waitFor()).as("perl").isZero();
		try (PidsLimit limit = possible.get()) {
			// The compiler asks for threads too, and logs each refusal.
			String said = new ChildJvm().withOptions("-Xlog:disable", "-XX:-UsePerfData")
				.within(Duration.ofMinutes(3))
				.through("unshare", "--pid", "--fork", "--mount-proc", "--kill-child", "sh", "-c",
						limit.join() + "; \"$@\"; exit $?", "sh")
				.run(ForkBombProgram.class, containment, Boolean.toString(subreaper));
			String reliability = tier.equals("cgroup") ? "GUARANTEED" : "BEST_EFFORT";
			String ended = "ended TERMINATED " + reliability + " escalated true exited true survivors 0";
			assertThat(said.lines()).filteredOn((line) -> line.startsWith("ended ")).containsExactly(ended, ended);
			assertThat(said.lines()).contains("left processes 0", "after SUCCEEDED " + reliability,
					"left descriptors 0");
			assertThat(said.lines()).anyMatch((line) -> line.startsWith("refused SPAWN_FAILED Cannot start 'true': ")
					&& line.contains("EAGAIN") && line.contains("pids.max") && line.contains("RLIMIT_NPROC"));
		}
	}

}
