package dev.sysprims.os.linux;

import java.util.List;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.process.Command;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** JVMs to which orphans come, and this one, to which they do not. */
class OrphansIntegrationTests {

	private static final String[] AS_INIT = { "unshare", "--pid", "--fork", "--mount-proc" };

	private static final String ADOPTING = "adopts true";

	private static final String[] ONLY_THE_ORPHAN_IS_REAPED = { "alive true", "zombie true", "gone true",
			"leader lives", "own true", "jdk 50 of 50" };

	@Test
	void asInitOfItsNamespaceAJvmReapsTheOrphansOfItsJobsAndNobodyElse() throws Exception {
		assumeThat(new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "true").start().waitFor())
			.as("root and util-linux, to be PID 1")
			.isZero();
		List<String> said = new ChildJvm().through(AS_INIT).run(OrphanProgram.class).lines().toList();
		assertThat(said).startsWith(ADOPTING).endsWith(ONLY_THE_ORPHAN_IS_REAPED).hasSize(7);
	}

	@Test
	void asSubreaperAJvmReapsTheOrphansOfItsJobsAndNobodyElse() throws Exception {
		List<String> said = new ChildJvm().run(OrphanProgram.class).lines().toList();
		assertThat(said).startsWith("adopts false", ADOPTING, "another backend true")
			.endsWith(ONLY_THE_ORPHAN_IS_REAPED)
			.hasSize(9);
	}

	@Test
	void withoutBothAJvmReapsNobody() {
		OperatingSystem os = LinuxSystem.open();
		assertThat(os.adoptsOrphans()).isFalse();
		try (Spawned child = Spawned.start(os, Command.of("sh", "-c", "exit 3"))) {
			child.exit();
			os.reapOrphan(child.child().key());
			assertThat(child.child().reap().usage()).isNotNull();
		}
	}

}
