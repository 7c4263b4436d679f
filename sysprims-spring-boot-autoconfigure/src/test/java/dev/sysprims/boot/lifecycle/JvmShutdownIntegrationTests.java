package dev.sysprims.boot.lifecycle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.sysprims.boot.fixture.ChildJvm;
import dev.sysprims.fixture.ProcessFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How a whole JVM stops that has a stubborn job with a grandchild. */
class JvmShutdownIntegrationTests {

	private static final String STUBBORN = """
			trap '' TERM
			sh -c '. "$0"; announce grandchild; while :; do sleep 60; done' "$FIXTURE" &
			announce leader
			while [ ! -s "${FIXTURE%/*}/grandchild.announced" ]; do sleep 0.01; done
			echo ready
			while :; do sleep 60; done
			""";

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void sigtermEndsTheWebApplicationAndAllItsJobsWithinThePhase() throws Exception {
		try (ChildJvm jvm = start("start-when-ready", "5m")) {
			jvm.awaitLine("job started ");
			awaitTree();
			long start = System.nanoTime();
			jvm.terminate();
			assertThat(jvm.awaitExit()).isEqualTo(128 + 15);
			assertThat(this.fixture.survivors()).isEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
			assertThat(jvm.output()).contains("Ending 1 job(s)")
				.doesNotContain("still running after timeout")
				.doesNotContain("Exception");
		}
	}

	@Test
	void anExitInsideTheRefreshWhereTheContextCannotBeClosedLeavesNoProcess() throws Exception {
		try (ChildJvm jvm = start("exit-in-refresh", "5m")) {
			assertThat(jvm.awaitExit()).isEqualTo(3);
			assertThat(this.fixture.announced()).hasSize(2);
			assertThat(this.fixture.survivors()).isEmpty();
		}
	}

	/** The lifecycle has started by then, and still the context cannot be closed. */
	@Test
	void anExitAtTheEndOfTheRefreshLeavesNoProcess() throws Exception {
		try (ChildJvm jvm = start("exit-when-refreshed", "5m")) {
			assertThat(jvm.awaitExit()).isEqualTo(4);
			assertThat(this.fixture.announced()).hasSize(2);
			assertThat(this.fixture.survivors()).isEmpty();
		}
	}

	/**
	 * Spring cannot close the context before the refresh is over, and that waits for the
	 * job.
	 */
	@Test
	void sigtermWhileTheRefreshWaitsForAJobEndsTheJobWithinThePhase() throws Exception {
		try (ChildJvm jvm = start("run-in-refresh", "5m")) {
			awaitTree();
			long start = System.nanoTime();
			jvm.terminate();
			assertThat(jvm.awaitExit()).isEqualTo(128 + 15);
			assertThat(this.fixture.survivors()).isEmpty();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
		}
	}

	private ChildJvm start(String profile, String grace) throws IOException {
		Path script = this.fixture.directory().resolve("job.sh");
		Files.writeString(script, this.fixture.sh(STUBBORN).get(2));
		return ChildJvm.start(JobApplication.class, "--spring.profiles.active=" + profile, "--job.script=" + script,
				"--job.grace=" + grace, "--server.port=0", "--server.address=127.0.0.1",
				"--spring.lifecycle.timeout-per-shutdown-phase=4s");
	}

	private void awaitTree() {
		this.fixture.await("leader");
		this.fixture.await("grandchild");
	}

}
