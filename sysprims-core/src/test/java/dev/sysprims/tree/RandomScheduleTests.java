package dev.sysprims.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The policy against worlds drawn from a seed: what must hold whatever happens. Set
 * {@code sysprims.simulation.seeds} for more worlds and {@code sysprims.simulation.first}
 * to run one again.
 */
class RandomScheduleTests {

	private static final int SEEDS = Integer.getInteger("sysprims.simulation.seeds", 3_000);

	private static final int FIRST = Integer.getInteger("sysprims.simulation.first", 1);

	@Test
	void noStrangerIsEverSignalledAndNoSurvivorGoesUnreported() {
		for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
			World world = new World(seed);
			try {
				world.run();
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError("Seed " + seed + ": run again with -Dsysprims.simulation.first=" + seed
						+ " -Dsysprims.simulation.seeds=1", ex);
			}
		}
	}

	/**
	 * 64136: the exit of a member was on its way when the last look had seen it alive,
	 * and a tree that was not empty had no survivor.
	 */
	@ParameterizedTest
	@ValueSource(longs = 64136)
	void aWorldThatOnceBrokeARuleKeepsIt(long seed) {
		new World(seed).run();
	}

	/** A few trees and a few strangers on a system whose numbers come round soon. */
	private static final class World {

		private final Random random;

		private final SimulatedSystem system;

		private final ProcessTrees trees;

		private final List<SimulatedProcess> strangers = new ArrayList<>();

		private final List<SimulatedTree> jobs = new ArrayList<>();

		private final TerminateTreeConfig config;

		/**
		 * Daemons can only be followed where a scan saw them before their parents died.
		 */
		private final boolean daemons;

		private World(long seed) {
			this.random = new Random(seed);
			this.system = new SimulatedSystem(seed, 60);
			this.trees = new ProcessTrees(this.system);
			this.daemons = this.random.nextInt(4) == 0;
			this.config = TerminateTreeConfig.builder()
				.graceTimeout(Duration.ofMillis(this.random.nextInt(500)))
				.killTimeout(Duration.ofMillis(1 + this.random.nextInt(500)))
				.build();
		}

		private void run() {
			for (int i = 0; i < 1 + this.random.nextInt(3); i++) {
				this.jobs.add(new SimulatedTree(this.system, this.trees, draw(Leftovers.values())));
				grow(this.jobs.get(i).leader());
			}
			for (int i = 0; i < 5 && this.system.hasRoom(); i++) {
				this.strangers.add(live(this.system.stranger()));
			}
			churn(200);
			this.system.runFor(Duration.ofMillis(this.random.nextInt(20)));
			for (SimulatedTree job : this.jobs) {
				long asked = this.system.sweeper().nanoTime();
				var first = job.tree().terminate(this.config, EndCause.TERMINATED);
				var second = job.tree().terminate(this.config, EndCause.TIMED_OUT);
				this.system.runUntil(first::isDone);
				long spent = this.system.sweeper().nanoTime() - asked;
				check(job, first.join(), second.join(), Duration.ofNanos(spent));
			}
			assertThat(this.strangers).allSatisfy((stranger) -> assertThat(stranger.received()).isEmpty());
			assertThat(this.system.jvm().received()).isEmpty();
			assertThat(this.system.processes()).filteredOn((process) -> process.tree().equals("churn"))
				.allSatisfy((process) -> assertThat(process.received()).isEmpty());
		}

		private void check(SimulatedTree job, TreeEnd end, TreeEnd same, Duration spent) {
			assertThat(end).isSameAs(same);
			assertThat(spent)
				.isLessThan(this.config.graceTimeout().plus(this.config.killTimeout()).plus(Duration.ofMillis(200)));
			if (!this.daemons && end.verifiedEmpty()) {
				assertThat(this.system.living("job")).filteredOn((process) -> process.sid() == job.leader().pid())
					.as("members of a tree that was called empty")
					.isEmpty();
			}
			if (!end.verifiedEmpty() && end.termination() != null) {
				assertThat(end.survivors()).as("a tree that is not empty names who is left").isNotEmpty();
				assertThat(end.warnings()).isNotEmpty();
			}
			this.system.runFor(Duration.ofMillis(10));
			assertThat(job.leader().isZombie()).as("no zombie is left").isFalse();
		}

		private void grow(SimulatedProcess parent) {
			for (int i = 0; i < this.random.nextInt(4) && this.system.hasRoom(); i++) {
				SimulatedProcess child = live(parent.fork());
				if (this.random.nextInt(3) == 0) {
					grow(child);
				}
			}
			live(parent);
		}

		/** Gives a process a life of its own. */
		private SimulatedProcess live(SimulatedProcess process) {
			switch (this.random.nextInt(8)) {
				case 0 -> process.ignore(Signal.TERM);
				case 1 -> process.stop();
				case 2 -> process.ownGroup();
				case 3 -> within(100, () -> exit(process));
				case 4 -> within(100, () -> fork(process));
				case 5 -> process.onTerm(() -> {
					fork(process);
					exit(process);
				});
				case 6 -> {
					if (this.random.nextInt(6) == 0) {
						process.forbid();
					}
					else if (this.daemons) {
						process.setsid();
					}
				}
				default -> {
				}
			}
			return process;
		}

		private void fork(SimulatedProcess process) {
			if (process.isAlive() && this.system.hasRoom()) {
				live(process.fork());
			}
		}

		private void exit(SimulatedProcess process) {
			if (process.isAlive()) {
				process.exit(this.random.nextInt(3));
			}
		}

		/** Strangers that come and go, so that numbers are reused. */
		private void churn(int times) {
			if (times > 0 && this.system.hasRoom()) {
				SimulatedProcess passing = this.system.churn();
				within(5, () -> {
					exit(passing);
					churn(times - 1);
				});
			}
		}

		private void within(int millis, Runnable happening) {
			this.system.in(Duration.ofNanos(this.random.nextInt(millis * 1_000_000)), happening);
		}

		private <T> T draw(T[] from) {
			return from[this.random.nextInt(from.length)];
		}

	}

}
