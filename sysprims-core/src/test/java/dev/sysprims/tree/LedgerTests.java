package dev.sysprims.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.sysprims.process.Leftovers;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often live trees are looked over, and what that may cost. */
class LedgerTests {

	private final SimulatedSystem system = new SimulatedSystem(1);

	private final ProcessTrees trees = new ProcessTrees(this.system);

	@Test
	void aDaemonThatWipedItsEnvironmentIsCaughtWhenItWasSeenWithItsParent() {
		assertThat(daemonThatLosesItsParentAfter(Duration.ofMillis(100)).isAlive()).isFalse();
	}

	@Test
	void oneThatLostItsParentBeforeItWasSeenIsWhatMayRemain() {
		assertThat(daemonThatLosesItsParentAfter(Duration.ZERO).isAlive()).isTrue();
	}

	private SimulatedProcess daemonThatLosesItsParentAfter(Duration time) {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess middle = tree.leader().fork();
		SimulatedProcess daemon = middle.fork().setsid().wipe().closePipes();
		this.system.in(time, () -> middle.exit(0));
		this.system.runFor(Duration.ofMillis(200));
		tree.terminate();
		return daemon;
	}

	@Test
	void nobodyLooksWhileNoTreeLives() {
		new SimulatedTree(this.system, this.trees, Leftovers.END).terminate();
		int before = this.system.scans();
		this.system.runFor(Duration.ofMinutes(30));
		assertThat(this.system.scans()).isEqualTo(before);
		assertThat(this.system.isIdle()).as("no timer is left").isTrue();
	}

	@Test
	void theFirstLookComesSoonAndTheNextOnesEverMoreSeldom() {
		new SimulatedTree(this.system, this.trees, Leftovers.END);
		this.system.runFor(Duration.ofMillis(15));
		assertThat(this.system.scans()).isEqualTo(1);
		this.system.runFor(Duration.ofMinutes(10));
		int inTenMinutes = this.system.scans();
		assertThat(inTenMinutes).isBetween(15, 40);
		this.system.runFor(Duration.ofMinutes(10));
		assertThat(this.system.scans() - inTenMinutes).as("one in half a minute").isBetween(15, 25);
	}

	@Test
	void aStartAndWhateverIsNewMakeTheNextLooksComeSoon() {
		SimulatedTree first = new SimulatedTree(this.system, this.trees, Leftovers.END);
		this.system.runFor(Duration.ofMinutes(10));
		int before = this.system.scans();
		new SimulatedTree(this.system, this.trees, Leftovers.END);
		this.system.runFor(Duration.ofSeconds(2));
		assertThat(this.system.scans() - before).as("after a start").isGreaterThan(3);
		this.system.runFor(Duration.ofMinutes(10));
		before = this.system.scans();
		first.leader().fork();
		this.system.runFor(Duration.ofSeconds(35));
		assertThat(this.system.scans() - before).as("after a new member was seen").isGreaterThan(5);
	}

	@Test
	void looksCostLessThanOnePercentOfTheTimeHoweverManyTreesStart() {
		IntStream.range(0, 300).forEach((i) -> this.system.stranger());
		List<SimulatedTree> started = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			started.add(new SimulatedTree(this.system, this.trees, Leftovers.END));
			this.system.runFor(Duration.ofMillis(100));
		}
		assertThat(this.system.scans()).isPositive();
		assertThat(this.system.timeSpentReading()).isLessThan(Duration.ofMillis(100));
		assertThat(started).allMatch((tree) -> tree.leader().isAlive());
	}

	@Test
	void oneLookThatTookLongDoesNotMakeItBlindForMoreThanASecond() {
		SimulatedSystem crowded = new SimulatedSystem(1, 4_000);
		IntStream.range(0, 3_000).forEach((i) -> crowded.stranger());
		SimulatedTree tree = new SimulatedTree(crowded, new ProcessTrees(crowded), Leftovers.END);
		crowded.runFor(Duration.ofMillis(100));
		assertThat(crowded.timeSpentReading()).as("the look, which would make it blind for 200 times as long")
			.isGreaterThan(Duration.ofMillis(20));
		SimulatedProcess middle = tree.leader().fork();
		SimulatedProcess daemon = middle.fork().setsid().wipe().closePipes();
		crowded.runFor(Duration.ofMillis(1_200));
		middle.exit(0);
		tree.terminate();
		assertThat(daemon.isAlive()).isFalse();
	}

	@Test
	void aTreeThatIsLookedOverForAnotherOneLearnsFromItToo() {
		SimulatedTree idle = new SimulatedTree(this.system, this.trees, Leftovers.END);
		this.system.runFor(Duration.ofMinutes(10));
		SimulatedProcess middle = idle.leader().fork();
		SimulatedProcess daemon = middle.fork().setsid().wipe().closePipes();
		SimulatedTree other = new SimulatedTree(this.system, this.trees, Leftovers.END);
		other.terminate();
		middle.exit(0);
		this.system.runFor(Duration.ofMillis(100));
		idle.terminate();
		assertThat(daemon.isAlive()).isFalse();
	}

	@Test
	void aTreeWhoseLeftoversAreWaitedForIsLookedOverToo() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.WAIT);
		SimulatedProcess leftover = tree.leader().fork();
		tree.leader().exit(0);
		this.system.runFor(Duration.ofSeconds(1));
		assertADaemonIsCaught(tree, leftover);
	}

	@Test
	void aTableThatCannotBeReadDoesNotEndTheLooking() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		this.system.proc().tableUnreadable(true);
		this.system.runFor(Duration.ofSeconds(1));
		this.system.proc().tableUnreadable(false);
		assertADaemonIsCaught(tree, tree.leader());
	}

	/** One that has nothing but its parent, for two minutes. */
	private void assertADaemonIsCaught(SimulatedTree tree, SimulatedProcess member) {
		SimulatedProcess middle = member.fork();
		SimulatedProcess daemon = middle.fork().setsid().wipe().closePipes();
		this.system.runFor(Duration.ofMinutes(2));
		middle.exit(0);
		this.system.runFor(Duration.ofMillis(100));
		tree.terminate();
		assertThat(daemon.isAlive()).isFalse();
	}

	@Test
	void membersThatEndedAreForgottenWhileTheTreeLives() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		for (int i = 0; i < 50; i++) {
			SimulatedProcess passing = tree.leader().fork();
			this.system.runFor(Duration.ofSeconds(1));
			passing.exit(0);
			this.system.runFor(Duration.ofSeconds(1));
		}
		this.system.runFor(Duration.ofMinutes(1));
		TreeEnd end = tree.terminate();
		assertThat(end.termination().members()).hasSize(1);
	}

	@Test
	void membersThatEndedAreForgottenWhileLeftoversAreWaitedForButTheLeftoversAreNot() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.WAIT);
		SimulatedProcess daemon = tree.leader().fork();
		tree.leader().exit(0);
		this.system.runFor(Duration.ofSeconds(1));
		for (int i = 0; i < 50; i++) {
			SimulatedProcess passing = daemon.fork();
			this.system.runFor(Duration.ofSeconds(1));
			passing.exit(0);
			this.system.runFor(Duration.ofSeconds(1));
		}
		this.system.runFor(Duration.ofMinutes(1));
		TreeEnd end = tree.terminate();
		assertThat(end.leftovers()).extracting((m) -> m.identity().pid()).containsExactly(daemon.pid());
		assertThat(end.termination().members()).as("the daemon, and the zombie of the leader").hasSize(2);
	}

}
