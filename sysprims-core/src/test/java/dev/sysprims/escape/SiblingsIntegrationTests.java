package dev.sysprims.escape;

import java.util.ArrayList;
import java.util.List;

import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Programs that make children of this JVM while it starts others. */
@Timeout(120)
class SiblingsIntegrationTests {

	private static final int ROUNDS = 100;

	@Test
	void noneIsTakenForAProgramThatIsBeingStarted() throws Exception {
		EscapeProgram program = EscapeProgram.build()
			.orElseGet(() -> Assumptions.abort("There is no C compiler in the PATH: nothing was tested."));
		ProcessSupervisor supervisor = Tiers.cgroup()
			.orElseGet(() -> Assumptions.abort("This machine has no cgroup tier: nothing was tested."));
		List<Escape> escapes = new ArrayList<>();
		try (supervisor) {
			for (int i = 0; i < ROUNDS; i++) {
				Escape escape = new Escape(program, Way.SIBLING, false);
				escapes.add(escape);
				Job job = supervisor.start(JobSpec.command(escape.command()).build());
				assertThat(job.reliability()).isEqualTo(TreeKillReliability.GUARANTEED);
			}
			escapes.forEach(Escape::awaitReady);
		}
		finally {
			escapes.forEach(Escape::close);
		}
	}

}
