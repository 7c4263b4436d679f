package dev.sysprims.comparison;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.sysprims.Sysprims;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.SpawnInGroupConfig;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long {@code /bin/true} takes from the call until its exit is seen, beside
 * {@link ProcessBuilder}, in turns in one run. Not part of the build; run by hand,
 * without the coverage agent, which would slow one side only: see CONTRIBUTING.
 */
class StartUntilExitComparison {

	private static final int BLOCK = 50;

	private static final int BLOCKS = 20;

	/** Until the compiler has seen both sides often enough: a service runs for long. */
	private static final int WARM_UPS = 9;

	private static final int ROUNDS = 5;

	private final Sysprims sysprims = Sysprims.system();

	@Test
	void startUntilExit() throws Exception {
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder().build()) {
			JobSpec spec = JobSpec.command("/bin/true").build();
			List<Double> ratios = new ArrayList<>();
			for (int round = 1; round <= WARM_UPS + ROUNDS; round++) {
				List<Long> theirs = new ArrayList<>();
				List<Long> ours = new ArrayList<>();
				List<Long> proved = new ArrayList<>();
				for (int i = 0; i < BLOCKS; i++) {
					block(theirs, () -> new ProcessBuilder("/bin/true").start().waitFor() == 0);
					block(ours, this::startAndWait);
					block(proved, () -> supervisor.run(spec).outcome() == JobOutcome.SUCCEEDED);
				}
				print((round <= WARM_UPS) ? "warm-up" : "round", median(theirs), median(ours), median(proved));
				if (round > WARM_UPS) {
					ratios.add((double) median(ours) / median(theirs));
				}
			}
			assertThat(ratios).as("ours in terms of ProcessBuilder's")
				.allSatisfy((ratio) -> assertThat(ratio).isLessThan(1));
		}
	}

	private boolean startAndWait() throws InterruptedException {
		long pid = this.sysprims.spawnInGroup(SpawnInGroupConfig.command("/bin/true").build()).pid();
		return this.sysprims.waitPid(pid, Duration.ofSeconds(10)).exited();
	}

	private static void block(List<Long> times, Callable<Boolean> run) throws Exception {
		for (int i = 0; i < BLOCK; i++) {
			long begun = System.nanoTime();
			assertThat(run.call()).isTrue();
			times.add(System.nanoTime() - begun);
		}
	}

	private static long median(List<Long> times) {
		return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
	}

	private void print(String what, long theirs, long ours, long proved) {
		System.out.printf(Locale.ROOT,
				"%-7s ProcessBuilder %.3f ms, until the exit is seen %.3f ms (%.2f), run with its proof %.3f ms (%.2f),"
						+ " %d processes%n",
				what, theirs / 1e6, ours / 1e6, (double) ours / theirs, proved / 1e6, (double) proved / theirs,
				this.sysprims.processes(ProcessFilter.all()).size());
	}

}
