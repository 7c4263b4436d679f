package dev.sysprims.tree;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Where orphans come back to this JVM, with a container and without. */
@ParameterizedClass
@ValueSource(booleans = { false, true })
class AdoptedOrphansTests {

	private final boolean contained;

	private final SimulatedSystem system;

	private final ProcessTrees trees;

	private SimulatedProcess other;

	AdoptedOrphansTests(boolean contained) {
		this.contained = contained;
		this.system = contained ? new SimulatedSystem(1).contained() : new SimulatedSystem(1);
		this.system.adopting();
		this.trees = new ProcessTrees(this.system);
	}

	@BeforeEach
	void otherCodeOfThisJvmHasAChild() {
		this.other = this.system.otherChild();
	}

	@Test
	void zombiesOfATreeThatLivesNeverPileUp() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		for (int i = 0; i < 20; i++) {
			SimulatedProcess orphan = orphan(tree.leader());
			this.system.in(Duration.ofSeconds(40), () -> orphan.exit(0));
			this.system.runFor(Duration.ofSeconds(1));
		}
		this.system.runFor(Duration.ofMinutes(3));
		assertThat(zombies()).isZero();
		assertThat(tree.leader().isAlive()).isTrue();
	}

	@Test
	void orphansThatAreEndedWithTheTreeAreReaped() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess orphan = orphan(tree.leader()).setsid().ignore(Signal.TERM);
		TreeEnd end = tree.terminate();
		assertThat(end.verifiedEmpty()).isTrue();
		assertThat(orphan.isAlive()).isFalse();
		this.system.runFor(Duration.ofMillis(10));
		assertThat(zombies()).isZero();
	}

	@Test
	void aZombieThatNobodySawAliveIsReapedWhenItsProgramExits() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess orphan = orphan(tree.leader());
		orphan.exit(0);
		tree.leader().exit(0);
		tree.end();
		assertThat(orphan.isZombie()).isFalse();
		assertThat(zombies()).isZero();
	}

	@Test
	void aZombieThatNobodySawAliveAndNothingBindsIsReapedWhereTheKernelHeldIt() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess child = tree.leader().fork().setsid();
		child.exit(0);
		tree.leader().exit(0);
		tree.end();
		assertThat(child.isZombie()).as("without a container it may be anybody's").isNotEqualTo(this.contained);
		assertThat(this.other.isAlive()).isTrue();
	}

	@Test
	void oneThatCouldNotBeLookedAtCloserIsReapedWhenItCan() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.LEAVE);
		SimulatedProcess left = orphan(tree.leader());
		SimulatedProcess unseen = tree.leader().fork().setsid();
		tree.leader().exit(0);
		tree.end();
		this.system.proc().linesUnreadable(true);
		left.exit(0);
		unseen.exit(0);
		this.system.runFor(Duration.ofMinutes(2));
		assertThat(zombies()).isEqualTo(2);
		this.system.proc().linesUnreadable(false);
		this.system.runFor(Duration.ofMinutes(2));
		assertThat(zombies()).isZero();
	}

	@Test
	void whatTheKernelHeldIsReapedByALaterLookWhereTheFirstCouldNotAskForIt() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess child = tree.leader().fork().setsid();
		child.exit(0);
		this.system.proc().linesUnreadable(true);
		tree.leader().exit(0);
		tree.end();
		assertThat(child.isZombie()).isTrue();
		this.system.proc().linesUnreadable(false);
		new SimulatedTree(this.system, this.trees, Leftovers.END).terminate();
		assertThat(child.isZombie()).as("without a container it may be anybody's").isNotEqualTo(this.contained);
	}

	@Test
	void whereOnlyZombiesAreSeenOfOneThatEndsAndGoesOnAsAnotherTheTreeIsNotCalledEmpty() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		AtomicReference<SimulatedProcess> hopper = new AtomicReference<>(orphan(tree.leader()).setsid());
		hopInEachScan(hopper);
		TreeEnd end = tree.terminate();
		assertThat(end.verifiedEmpty()).isEqualTo(this.contained).isNotEqualTo(hopper.get().isAlive());
		assertThat(end.warnings().stream().anyMatch((warning) -> warning.contains("come and go faster")))
			.isNotEqualTo(this.contained);
		assertThat(tree.elapsed())
			.isLessThan(SimulatedTree.CONFIG.graceTimeout().plus(SimulatedTree.CONFIG.killTimeout()).plusSeconds(1));
	}

	private void hopInEachScan(AtomicReference<SimulatedProcess> hopper) {
		this.system.proc().duringNextScan(() -> {
			SimulatedProcess before = hopper.get();
			if (before.isAlive()) {
				hopper.set(before.fork().setsid());
				before.exit(0);
				hopInEachScan(hopper);
			}
		});
	}

	@Test
	void oneThatWasLeftOnPurposeIsReapedWhenItEndsAndThenNobodyLooksAnyMore() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.LEAVE);
		SimulatedProcess daemon = orphan(tree.leader()).setsid();
		tree.leader().exit(0);
		tree.end();
		assertThat(daemon.isAlive()).isTrue();
		this.system.runFor(Duration.ofMinutes(2));
		daemon.exit(0);
		this.system.runFor(Duration.ofMinutes(2));
		assertThat(zombies()).isZero();
		int scans = this.system.scans();
		this.system.runFor(Duration.ofMinutes(10));
		assertThat(this.system.scans()).isEqualTo(scans);
	}

	@Test
	void childrenThatOtherCodeStartedAreNeitherEndedNorReaped() {
		SimulatedProcess finished = this.system.otherChild();
		finished.exit(0);
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess later = this.system.otherChild();
		orphan(tree.leader());
		this.system.runFor(Duration.ofMinutes(1));
		later.exit(3);
		tree.terminate();
		this.system.runFor(Duration.ofMinutes(1));
		assertThat(this.other.isAlive()).isTrue();
		assertThat(this.other.received()).isEmpty();
		assertThat(finished.isZombie()).as("whoever started it waits for it").isTrue();
		assertThat(later.isZombie()).isTrue();
	}

	@Test
	void theZombieOfAChildOfOtherCodeIsNotReapedWhenItsTreeIsEnded() {
		var ended = this.trees.terminateForeign(this.system.entry(this.other.pid()), SimulatedTree.CONFIG);
		this.system.runUntil(ended::isDone);
		assertThat(ended.join().exited()).isTrue();
		this.system.runFor(Duration.ofMinutes(1));
		assertThat(this.other.isZombie()).isTrue();
	}

	private long zombies() {
		return this.system.processes()
			.stream()
			.filter((process) -> process.isZombie() && process.tree().equals("job"))
			.count();
	}

	private static SimulatedProcess orphan(SimulatedProcess leader) {
		SimulatedProcess middle = leader.fork();
		SimulatedProcess orphan = middle.fork();
		middle.exit(0);
		return orphan;
	}

}
