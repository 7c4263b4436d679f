package dev.sysprims.tree;

import java.time.Duration;
import java.util.stream.IntStream;

import dev.sysprims.process.FoundBy;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Trees that the kernel holds. */
class ContainerTierTests {

	private static final Duration GRACE = SimulatedTree.CONFIG.graceTimeout();

	private static final Duration BUDGET = GRACE.plus(SimulatedTree.CONFIG.killTimeout()).plusSeconds(1);

	private final SimulatedSystem system = new SimulatedSystem(1).contained();

	private final ProcessTrees trees = new ProcessTrees(this.system);

	private final SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);

	@Test
	void aProgramThatExitsAloneIsProvedEmptyByItsContainerAndOneLookForThoseThatMovedOut() {
		this.tree.leader().exit(0);
		TreeEnd end = this.tree.end();
		assertThat(end.verifiedEmpty()).isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.GUARANTEED);
		assertThat(end.warnings()).isEmpty();
		assertThat(this.system.scans()).isEqualTo(1);
		assertThat(this.tree.container().isRemoved()).isTrue();
		assertThat(this.tree.container().watchers()).isZero();
	}

	@Test
	void aDaemonThatWipedItsEnvironmentIsEndedAndTheEndIsGuaranteed() {
		SimulatedProcess daemon = daemon(this.tree.leader());
		TreeEnd end = this.tree.terminate();
		assertThat(daemon.isAlive()).isFalse();
		assertThat(daemon.received()).contains(Signal.TERM, Signal.CONT);
		assertThat(end.termination().exited()).isTrue();
		assertThat(end.termination().escalated()).isFalse();
		assertThat(end.termination().treeKillReliability()).isEqualTo(TreeKillReliability.GUARANTEED);
		assertThat(end.termination().members()).filteredOn((m) -> m.identity().pid() == daemon.pid())
			.extracting(TreeMember::foundBy)
			.containsExactly(FoundBy.CONTAINER);
		assertThat(this.system.scans()).as("one, for those that moved themselves out").isEqualTo(1);
	}

	@Test
	void aMemberThatIsStillExitingIsWaitedForAndTheEndIsGuaranteed() {
		SimulatedProcess slow = daemon(this.tree.leader());
		slow.onTerm(slow::beginExit);
		this.system.in(Duration.ofMillis(200), () -> slow.exit(0));
		TreeEnd end = this.tree.terminate();
		assertThat(slow.isAlive()).isFalse();
		assertThat(this.tree.elapsed()).isBetween(Duration.ofMillis(200), GRACE);
		assertThat(end.termination().exited()).isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.GUARANTEED);
		assertThat(end.warnings()).isEmpty();
	}

	@Test
	void aMemberThatNeverGetsToItsExitIsASurvivor() {
		SimulatedProcess stuck = this.tree.leader().fork().beginExit();
		TreeEnd end = this.tree.terminate();
		assertThat(end.termination().exited()).isFalse();
		assertThat(end.survivors()).extracting((member) -> member.identity().pid()).containsExactly(stuck.pid());
		assertThat(this.tree.elapsed()).isLessThan(BUDGET);
	}

	@Test
	void membersThatIgnoreTheFirstSignalAreKilledTogether() {
		SimulatedProcess daemon = daemon(this.tree.leader()).ignore(Signal.TERM);
		TreeEnd end = this.tree.terminate();
		assertThat(this.tree.elapsed()).isBetween(GRACE, GRACE.plusSeconds(1));
		assertThat(end.termination().killSignal()).isEqualTo(Signal.KILL);
		assertThat(end.termination().members()).filteredOn((m) -> m.identity().pid() == daemon.pid())
			.extracting(TreeMember::outcome)
			.containsExactly(MemberOutcome.KILLED);
		assertThat(daemon.received()).as("the container was killed, not each process").doesNotContain(Signal.KILL);
		assertThat(this.tree.container().isRemoved()).isTrue();
	}

	@Test
	void whereTheContainerCannotBeKilledMembersAreKilledOneByOneUntilItIsEmpty() {
		this.tree.container().withoutKill();
		SimulatedProcess breeder = daemon(this.tree.leader()).ignore(Signal.TERM);
		this.system.in(GRACE, () -> IntStream.range(0, 20).forEach((i) -> daemon(breeder).ignore(Signal.TERM)));
		TreeEnd end = this.tree.terminate();
		assertThat(this.system.living("job")).isEmpty();
		assertThat(breeder.received()).contains(Signal.KILL);
		assertThat(end.termination().exited()).isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.GUARANTEED);
	}

	@Test
	void aKillSignalOfAnotherKindIsSentToEachMember() {
		SimulatedProcess daemon = daemon(this.tree.leader()).ignore(Signal.TERM);
		this.tree.tree()
			.terminate(SimulatedTree.CONFIG.toBuilder().killSignal(Signal.ABRT).build(), EndCause.TERMINATED);
		TreeEnd end = this.tree.end();
		assertThat(daemon.received()).contains(Signal.ABRT);
		assertThat(end.survivors()).isEmpty();
	}

	@Test
	void aMemberThatCannotDieIsReportedInTimeAndTheContainerStaysUntilItDoes() {
		SimulatedProcess held = daemon(this.tree.leader()).holdForGood().ignore(Signal.TERM);
		TreeEnd end = this.tree.terminate();
		assertThat(this.tree.elapsed()).isLessThan(BUDGET);
		assertThat(end.verifiedEmpty()).isFalse();
		assertThat(end.survivors()).extracting((m) -> m.identity().pid()).containsExactly(held.pid());
		assertThat(this.tree.container().isRemoved()).isFalse();
		held.exit(0);
		this.system.runFor(Duration.ofSeconds(1));
		assertThat(this.tree.container().isRemoved()).isTrue();
		assertThat(this.tree.container().watchers()).isZero();
	}

	@Test
	void leftoversThatAreWaitedForEndTheTreeByAnEvent() {
		SimulatedTree waiting = new SimulatedTree(this.system, this.trees, Leftovers.WAIT);
		SimulatedProcess daemon = daemon(waiting.leader());
		waiting.leader().exit(0);
		this.system.in(Duration.ofMinutes(10), () -> daemon.exit(0));
		TreeEnd end = waiting.end();
		assertThat(waiting.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
		assertThat(end.leftovers()).extracting(TreeMember::foundBy).containsExactly(FoundBy.CONTAINER);
		assertThat(end.verifiedEmpty()).isTrue();
		assertThat(this.system.scans()).as("none while it waits").isEqualTo(1);
	}

	@Test
	void leftoversThatAreLeftKeepTheirContainer() {
		SimulatedTree leaving = new SimulatedTree(this.system, this.trees, Leftovers.LEAVE);
		SimulatedProcess daemon = daemon(leaving.leader());
		leaving.leader().exit(0);
		assertThat(leaving.end().leftovers()).extracting(TreeMember::outcome).containsExactly(MemberOutcome.LEFT);
		assertThat(leaving.container().isRemoved()).isFalse();
		daemon.exit(0);
		this.system.runFor(Duration.ofSeconds(1));
		assertThat(leaving.container().isRemoved()).isTrue();
	}

	@Test
	void membersForkedOnTheFirstSignalAreAskedToo() {
		SimulatedProcess leader = this.tree.leader();
		SimulatedProcess[] late = new SimulatedProcess[1];
		leader.onTerm(() -> {
			late[0] = daemon(leader);
			leader.exit(0);
		});
		SimulatedProcess member = leader.fork();
		TreeEnd end = this.tree.terminate();
		assertThat(member.isAlive()).isFalse();
		assertThat(late[0].isAlive()).isFalse();
		assertThat(end.termination().exited()).isTrue();
	}

	@Test
	void anIdleTreeIsNeverScanned() {
		daemon(this.tree.leader());
		this.system.runFor(Duration.ofMinutes(50));
		assertThat(this.system.scans()).isZero();
	}

	private static SimulatedProcess daemon(SimulatedProcess parent) {
		SimulatedProcess middle = parent.fork();
		SimulatedProcess daemon = middle.fork().setsid().wipe().closePipes();
		middle.exit(0);
		return daemon;
	}

}
