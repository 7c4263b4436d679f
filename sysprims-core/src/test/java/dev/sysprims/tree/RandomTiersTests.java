package dev.sysprims.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.process.Containment;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every tier against worlds drawn from a seed: escapes of all kinds, containers that
 * fail, orphans that come back. What is said of a tree must be true of it.
 */
class RandomTiersTests {

	private static final int SEEDS = Integer.getInteger("sysprims.simulation.seeds", 2_000);

	private static final int FIRST = Integer.getInteger("sysprims.simulation.first", 1);

	@Test
	void whatIsSaidOfATreeIsTrueInEveryTier() {
		for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
			try {
				new World(seed).run();
			}
			catch (RuntimeException | AssertionError ex) {
				throw new AssertionError("Seed " + seed + ": run again with -Dsysprims.simulation.first=" + seed
						+ " -Dsysprims.simulation.seeds=1", ex);
			}
		}
	}

	private static final class World {

		private final Random random;

		private final SimulatedSystem system;

		private final ProcessTrees trees;

		private final boolean contained;

		private final boolean adopting;

		private final List<SimulatedProcess> others = new ArrayList<>();

		private final List<SimulatedTree> jobs = new ArrayList<>();

		/** Who truly belongs to which job, whatever anybody can see of that. */
		private final Map<SimulatedProcess, SimulatedProcess> leaders = new HashMap<>();

		private final Set<SimulatedProcess> moved = new HashSet<>();

		private final Set<SimulatedProcess> wiped = new HashSet<>();

		private World(long seed) {
			this.random = new Random(seed);
			this.system = new SimulatedSystem(seed, 80);
			this.contained = this.random.nextBoolean();
			this.adopting = this.random.nextInt(3) == 0;
			if (this.contained) {
				this.system.contained();
			}
			if (this.adopting) {
				this.system.adopting();
			}
			this.trees = new ProcessTrees(this.system);
		}

		private void run() {
			this.others.add(this.system.otherChild());
			this.others.add(this.system.stranger());
			for (int i = 0; i < 1 + this.random.nextInt(3); i++) {
				SimulatedTree job = start();
				this.leaders.put(job.leader(), job.leader());
				for (int j = 0; j < this.random.nextInt(5); j++) {
					fork(job.leader());
				}
			}
			this.others.add(this.system.otherChild());
			churn(100);
			this.system.runFor(Duration.ofMillis(this.random.nextInt(60)));
			for (SimulatedTree job : this.jobs) {
				if (this.random.nextInt(3) == 0) {
					exit(job.leader());
				}
				end(job);
			}
			this.system.runFor(Duration.ofMinutes(2));
			settled();
		}

		private SimulatedTree start() {
			Containment containment = (this.random.nextInt(4) == 0) ? Containment.SESSION : Containment.AUTO;
			SimulatedTree job = new SimulatedTree(this.system, this.trees, draw(Leftovers.values()), containment,
					draw(AtJvmDeath.values()));
			this.jobs.add(job);
			if (this.contained && containment == Containment.AUTO) {
				if (this.random.nextInt(4) == 0) {
					job.container().withoutKill();
				}
				if (this.random.nextInt(6) == 0) {
					within(100, job.container()::unreadable);
				}
			}
			return job;
		}

		private void end(SimulatedTree job) {
			TerminateTreeConfig config = TerminateTreeConfig.builder()
				.graceTimeout(Duration.ofMillis(this.random.nextInt(200)))
				.killTimeout(Duration.ofMillis(20 + this.random.nextInt(300)))
				.build();
			long asked = this.system.sweeper().nanoTime();
			job.tree().terminate(config, EndCause.TERMINATED);
			TreeEnd end = job.end();
			assertThat(Duration.ofNanos(this.system.sweeper().nanoTime() - asked))
				.isLessThan(config.graceTimeout().plus(config.killTimeout()).plusMillis(200));
			List<SimulatedProcess> living = living(job);
			if (end.verifiedEmpty()) {
				// One scan looks for those that moved out of the container, if any: it
				// may
				// miss one that is just being forked.
				List<SimulatedProcess> sought = living.stream()
					.filter((process) -> end.reliability() == TreeKillReliability.BEST_EFFORT
							|| !this.moved.contains(process))
					.toList();
				assertThat(sought).filteredOn((process) -> process.sid() == job.leader().pid()).isEmpty();
				assertThat(sought).as("whoever carries the marker is found").allMatch(this.wiped::contains);
				if (end.reliability() == TreeKillReliability.GUARANTEED) {
					assertThat(living).as("nobody but who moved out and wiped its environment")
						.allMatch(this.moved::contains);
				}
			}
			else if (end.termination() != null) {
				assertThat(end.survivors()).isNotEmpty();
				assertThat(end.warnings()).isNotEmpty();
			}
			assertThat(end.reliability()).isEqualTo(job.tree().reliability());
		}

		private void settled() {
			assertThat(this.others).allSatisfy((other) -> assertThat(other.received()).isEmpty());
			assertThat(this.others).as("whoever started it reaps it").noneMatch((other) -> !other.isAlive());
			assertThat(this.system.jvm().received()).isEmpty();
			assertThat(this.system.processes()).filteredOn((process) -> process.tree().equals("churn"))
				.allSatisfy((process) -> assertThat(process.received()).isEmpty());
			assertThat(this.system.watchdog().guarded()).isEmpty();
			for (SimulatedTree job : this.jobs) {
				assertThat(job.leader().isZombie()).isFalse();
				// What was born to a survivor when the tree was over is nobody's any
				// more.
				assertThat(this.system.processes()).filteredOn(SimulatedProcess::isZombie)
					.filteredOn((process) -> job.end().verifiedEmpty() && !this.moved.contains(process))
					.filteredOn((process) -> process.sid() == job.leader().pid())
					.as("zombies in the session of a job that is over")
					.isEmpty();
				if (job.isContained() && living(job).stream().allMatch(this.moved::contains)) {
					assertThat(job.container().isRemoved()).isTrue();
					assertThat(job.container().watchers()).isZero();
				}
			}
		}

		private List<SimulatedProcess> living(SimulatedTree job) {
			return this.leaders.keySet()
				.stream()
				.filter((process) -> process.isAlive() && this.leaders.get(process) == job.leader())
				.toList();
		}

		private void fork(SimulatedProcess parent) {
			if (parent.isAlive() && this.system.hasRoom()) {
				SimulatedProcess child = parent.fork();
				this.leaders.put(child, this.leaders.get(parent));
				if (this.moved.contains(parent)) {
					this.moved.add(child);
				}
				if (this.wiped.contains(parent)) {
					this.wiped.add(child);
				}
				live(child);
			}
		}

		private void live(SimulatedProcess process) {
			for (int i = 0; i < 1 + this.random.nextInt(3); i++) {
				switch (this.random.nextInt(9)) {
					case 0 -> process.ignore(Signal.TERM);
					case 1 -> process.stop();
					case 2 -> process.setsid();
					case 3 -> within(100, () -> exit(process));
					case 4 -> within(100, () -> fork(process));
					case 5 -> within(100, () -> {
						fork(process);
						exit(process);
					});
					case 6 -> {
						if (this.random.nextBoolean()) {
							process.wipe().closePipes();
							this.wiped.add(process);
						}
					}
					case 7 -> {
						if (this.contained && this.random.nextInt(3) == 0) {
							process.moveOut();
							this.moved.add(process);
						}
					}
					default -> process.onTerm(() -> {
						fork(process);
						exit(process);
					});
				}
			}
		}

		private void exit(SimulatedProcess process) {
			if (process.isAlive()) {
				process.exit(this.random.nextInt(3));
			}
		}

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
