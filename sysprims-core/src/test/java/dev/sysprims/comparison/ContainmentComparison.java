package dev.sysprims.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.sysprims.process.Containment;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a cgroup of its own costs a job: {@code /bin/true} from the call until its exit is
 * seen, beside the session alone, in turns in one run. Not part of the build; run by
 * hand, without the coverage agent: see CONTRIBUTING.
 */
class ContainmentComparison {

	private static final int BLOCK = 50;

	private static final int BLOCKS = 20;

	private static final int WARM_UPS = 5;

	private static final int ROUNDS = 5;

	@Test
	void startUntilExit() throws Exception {
		JobSpec spec = JobSpec.command("/bin/true").build();
		try (ProcessSupervisor session = supervisor(Containment.SESSION);
				ProcessSupervisor cgroup = supervisor(Containment.CGROUP)) {
			for (int round = 1; round <= WARM_UPS + ROUNDS; round++) {
				List<Long> without = new ArrayList<>();
				List<Long> with = new ArrayList<>();
				for (int i = 0; i < BLOCKS; i++) {
					block(without, session, spec);
					block(with, cgroup, spec);
				}
				System.out.printf(Locale.ROOT,
						"%-7s session %.3f ms (p99 %.3f), cgroup %.3f ms (p99 %.3f), ratio %.2f%n",
						(round <= WARM_UPS) ? "warm-up" : "round", part(without, 0.5), part(without, 0.99),
						part(with, 0.5), part(with, 0.99), part(with, 0.5) / part(without, 0.5));
			}
		}
	}

	private static ProcessSupervisor supervisor(Containment containment) {
		return ProcessSupervisor.builder().containment(containment).shutdownHook(false).build();
	}

	private static void block(List<Long> times, ProcessSupervisor supervisor, JobSpec spec) throws Exception {
		for (int i = 0; i < BLOCK; i++) {
			long begun = System.nanoTime();
			assertThat(supervisor.run(spec).outcome()).isEqualTo(JobOutcome.SUCCEEDED);
			times.add(System.nanoTime() - begun);
		}
	}

	private static double part(List<Long> times, double part) {
		return times.stream().sorted().skip((long) (times.size() * part)).findFirst().orElseThrow() / 1e6;
	}

}
