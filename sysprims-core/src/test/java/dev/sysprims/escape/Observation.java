package dev.sysprims.escape;

import java.time.Duration;
import java.util.List;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.Slowness;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.supervisor.JobResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What came of one case.
 *
 * @param its the case
 * @param result what we say of it
 * @param living what the kernel says: those that lived when the result was there
 * @param took how long the end took
 * @param zombies of this JVM, since before the case
 */
record Observation(EscapeCase its, JobResult result, List<LiveProcess> living, Duration took, Zombies zombies) {

	/** What a loaded machine may take beyond the two timeouts. */
	private static final Duration SLACK = Slowness.of(Duration.ofSeconds(5));

	/** Asserts all that the tier promises. */
	void assertPromises() {
		assertThat(this.took).as("time until the result was there")
			.isLessThan(this.its.way().graceTimeout().plus(EscapeCase.KILL_TIMEOUT).plus(SLACK));
		assertReliability();
		// It is ours, unreaped and in its group: no tier may lose it.
		assertThat(names()).as("those that live, %s", this.its).doesNotContain("program");
		Expectation expected = this.its.way().expectation(this.its.tier());
		switch (expected) {
			case CLEAN -> assertClean();
			case REPORTED -> assertReported();
			case ESCAPES_AS_DOCUMENTED -> assertDoubtIsTold();
			case NOT_OURS -> assertThat(names()).containsExactly("worker");
		}
		if (this.its.way() == Way.SLOW_EXIT) {
			assertThat(this.result.escalated()).as("killed, although it ended in time").isFalse();
		}
	}

	private void assertReliability() {
		boolean movedOut = this.its.way().expectation(this.its.tier()) == Expectation.REPORTED;
		assertThat(this.result.reliability()).as("%s", this.result)
			.isEqualTo((this.its.tier() == Tier.CGROUP && !movedOut) ? TreeKillReliability.GUARANTEED
					: TreeKillReliability.BEST_EFFORT);
	}

	private void assertClean() {
		assertThat(this.living).as("those that live, %s", this.its).isEmpty();
		assertThat(this.result.survivors()).isEmpty();
		if (this.result.termination() != null) {
			assertThat(this.result.termination().exited()).as("verified empty").isTrue();
		}
		// Orphans come to this JVM on the reaper tier, as PID 1 on the cgroup tier too,
		// and
		// siblings everywhere.
		if (!this.its.way().leavesZombiesOfNobody(this.its.tier())) {
			this.zombies.awaitNoOthers();
		}
	}

	private void assertReported() {
		for (LiveProcess process : this.living) {
			boolean asSurvivor = this.result.survivors()
				.stream()
				.anyMatch((member) -> member.identity().pid() == process.pid());
			assertThat(asSurvivor || saysWarning("\\b" + process.pid() + "\\b"))
				.as("%s is named in %s", process, this.result)
				.isTrue();
		}
	}

	/** Whoever reads the result learns that it may be incomplete, and by which way. */
	private void assertDoubtIsTold() {
		assertThat(this.result.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(saysWarning("best effort.*setsid")).as("the way out is named in %s", this.result.warnings())
			.isTrue();
	}

	private boolean saysWarning(String expression) {
		return this.result.warnings().stream().anyMatch((warning) -> warning.matches("(?s).*" + expression + ".*"));
	}

	private List<String> names() {
		return this.living.stream().map(LiveProcess::name).toList();
	}

}
