package dev.sysprims.tree;

import java.time.Duration;
import java.util.List;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.process.Containment;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is not said any more when the kernel does not hold all of a tree. */
class ContainerFallbackTests {

	private final SimulatedSystem system = new SimulatedSystem(1).contained();

	private final ProcessTrees trees = new ProcessTrees(this.system);

	private final SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);

	@Test
	void aContainerThatCannotBeReadMakesTheEndBestEffortAndTheTreeIsEndedAllTheSame() {
		SimulatedProcess member = this.tree.leader().fork().setsid().ignore(Signal.TERM);
		this.tree.container().unreadable();
		assertThat(this.tree.tree().reliability()).isEqualTo(TreeKillReliability.GUARANTEED);
		TreeEnd end = this.tree.terminate();
		assertThat(member.isAlive()).isFalse();
		assertThat(end.verifiedEmpty()).isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(end.termination().treeKillReliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(end.termination().warnings()).anyMatch((w) -> w.contains("EIO") && w.contains("may remain"));
		assertThat(this.tree.tree().reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
	}

	@Test
	void aContainerThatCannotBeReadIsFoundOutWhenTheProgramExits() {
		this.tree.container().unreadable();
		this.tree.leader().exit(0);
		TreeEnd end = this.tree.end();
		assertThat(end.verifiedEmpty()).isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(end.warnings()).anyMatch((w) -> w.contains("EIO"));
		assertThat(this.tree.container().isRemoved()).as("the system itself refuses it while it is not empty").isTrue();
	}

	@Test
	void oneThatMovedItselfOutIsFoundByItsMarkerEndedAndNamed() {
		SimulatedProcess mover = orphan(this.tree.leader()).setsid().moveOut();
		TreeEnd end = this.tree.terminate();
		assertThat(mover.isAlive()).isFalse();
		assertThat(mover.received()).contains(Signal.TERM);
		assertThat(end.termination().members()).filteredOn((m) -> m.identity().pid() == mover.pid())
			.extracting(TreeMember::foundBy)
			.containsExactly(FoundBy.MARKER);
		assertThat(end.termination().exited()).isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(end.warnings()).anyMatch((w) -> w.contains("process " + mover.pid()) && w.contains("moved out"));
	}

	@Test
	void oneThatMovedItselfOutAndIgnoresSignalsIsKilled() {
		SimulatedProcess mover = orphan(this.tree.leader()).setsid().moveOut().ignore(Signal.TERM);
		TreeEnd end = this.tree.terminate();
		assertThat(mover.isAlive()).isFalse();
		assertThat(mover.received()).contains(Signal.KILL);
		assertThat(end.survivors()).isEmpty();
	}

	@Test
	void aMoverThatIsFoundAtTheLastLookIsKilledBeforeAnybodyIsGivenUp() {
		SimulatedProcess held = this.tree.leader().fork().holdForGood().ignore(Signal.TERM);
		SimulatedProcess mover = orphan(this.tree.leader()).setsid().moveOut().ignore(Signal.TERM);
		TreeEnd end = this.tree.terminate();
		assertThat(mover.isAlive()).isFalse();
		assertThat(mover.received()).contains(Signal.KILL);
		assertThat(end.survivors()).extracting((m) -> m.identity().pid()).containsExactly(held.pid());
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
	}

	@Test
	void aMemberThatWasSeenInsideAndMovedOutWithoutItsMarkerIsStillKnown() {
		SimulatedProcess mover = orphan(this.tree.leader()).setsid().wipe().closePipes();
		mover.onTerm(mover::moveOut);
		TreeEnd end = this.tree.terminate();
		assertThat(mover.isAlive()).isFalse();
		assertThat(end.termination().exited()).isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
	}

	@Test
	void oneThatMovedItselfOutIsALeftoverOfAProgramThatExits() {
		SimulatedProcess mover = orphan(this.tree.leader()).setsid().moveOut();
		this.tree.leader().exit(0);
		TreeEnd end = this.tree.end();
		assertThat(mover.isAlive()).isFalse();
		assertThat(end.leftovers()).extracting((m) -> m.identity().pid()).containsExactly(mover.pid());
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(end.warnings()).anyMatch((w) -> w.contains("process " + mover.pid()) && w.contains("moved out"));
	}

	@Test
	void leftoversThatAreEndedAreFollowedByTheSameLook() {
		SimulatedProcess mover = orphan(this.tree.leader()).setsid().moveOut();
		this.tree.leader().fork();
		this.tree.leader().exit(0);
		TreeEnd end = this.tree.end();
		assertThat(mover.isAlive()).isFalse();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
	}

	@Test
	void aLookForMoversThatFailsIsSaid() {
		this.system.proc().tableUnreadable(true);
		TreeEnd end = this.tree.terminate();
		assertThat(end.termination().exited()).as("the kernel said so").isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(end.warnings()).anyMatch((w) -> w.contains("/proc is not mounted"));
	}

	@Test
	void aTreeThatWasToBeHeldByItsSessionOnlySaysWhatMayRemain() {
		SimulatedTree weak = new SimulatedTree(this.system, this.trees, Leftovers.END, Containment.SESSION,
				AtJvmDeath.END);
		assertThat(weak.tree().reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(weak.tree().warnings()).anyMatch((w) -> w.contains("wiped its environment"));
		TreeEnd end = weak.terminate();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(end.termination().warnings()).anyMatch((w) -> w.contains("wiped its environment"));
	}

	@Test
	void aTreeThatWasNotStartedHereIsNeverGuaranteed() {
		SimulatedProcess root = this.system.stranger();
		var ended = this.trees.terminateForeign(this.system.entry(root.pid()), SimulatedTree.CONFIG);
		this.system.runUntil(ended::isDone);
		TerminateTreeResult result = ended.join();
		assertThat(result.treeKillReliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(result.warnings()).isEqualTo(List.of(TreeWarnings.FOREIGN));
	}

	private static SimulatedProcess orphan(SimulatedProcess leader) {
		SimulatedProcess middle = leader.fork();
		SimulatedProcess orphan = middle.fork();
		middle.exit(0);
		return orphan;
	}

}
