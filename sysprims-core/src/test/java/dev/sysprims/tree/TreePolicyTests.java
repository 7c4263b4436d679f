package dev.sysprims.tree;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.process.FirstSignal;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeMember;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The policy on a simulated system, one behaviour each. */
class TreePolicyTests {

	private static final Duration GRACE = SimulatedTree.CONFIG.graceTimeout();

	private static final Duration BUDGET = GRACE.plus(SimulatedTree.CONFIG.killTimeout()).plusSeconds(1);

	private final SimulatedSystem system = new SimulatedSystem(1);

	private final ProcessTrees trees = new ProcessTrees(this.system);

	private final SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);

	@Test
	void aProgramThatExitsAloneEndsWithoutAnySignal() {
		this.tree.leader().exit(7);
		TreeEnd end = this.tree.end();
		assertThat(end.cause()).isEqualTo(EndCause.EXITED);
		assertThat(end.status()).isEqualTo(ExitStatus.exited(7));
		assertThat(end.termination()).isNull();
		assertThat(end.leftovers()).isEmpty();
		assertThat(end.verifiedEmpty()).isTrue();
		assertThat(this.system.scans()).isEqualTo(2);
	}

	@Test
	void aTreeThatCooperatesEndsAtOnceAndWithoutAKill() {
		this.tree.leader().fork().fork();
		TreeEnd end = this.tree.terminate();
		assertThat(this.tree.elapsed()).isLessThan(GRACE);
		assertThat(end.cause()).isEqualTo(EndCause.TERMINATED);
		assertThat(end.termination().escalated()).isFalse();
		assertThat(end.termination().exited()).isTrue();
		assertThat(end.termination().members()).hasSize(3).allMatch((m) -> m.outcome() == MemberOutcome.EXITED);
		assertThat(this.tree.leader().received()).containsExactly(Signal.TERM, Signal.CONT);
	}

	@Test
	void aMemberThatIgnoresTheFirstSignalIsKilledAfterTheGraceAndNotBefore() {
		SimulatedProcess member = this.tree.leader().fork().ignore(Signal.TERM);
		TreeEnd end = this.tree.terminate();
		assertThat(this.tree.elapsed()).isBetween(GRACE, GRACE.plusSeconds(1));
		assertThat(end.termination().escalated()).isTrue();
		assertThat(end.termination().killSignal()).isEqualTo(Signal.KILL);
		assertThat(end.survivors()).isEmpty();
		assertThat(outcomeOf(end.termination(), member)).isEqualTo(MemberOutcome.KILLED);
		assertThat(outcomeOf(end.termination(), this.tree.leader())).isEqualTo(MemberOutcome.EXITED);
	}

	@Test
	void theLeaderIsReapedLast() {
		SimulatedProcess leader = this.tree.leader();
		SimulatedProcess member = leader.fork().ignore(Signal.TERM);
		this.tree.tree().terminate(SimulatedTree.CONFIG, EndCause.TERMINATED);
		this.system.runFor(Duration.ofSeconds(1));
		assertThat(member.isAlive()).isTrue();
		assertThat(leader.isZombie()).as("its zombie pins the number of the group").isTrue();
		this.tree.end();
		assertThat(leader.isZombie()).isFalse();
	}

	@Test
	void membersInSessionsOfTheirOwnAreFoundByDescentAndByTheSessionsTheyLead() {
		SimulatedProcess child = this.tree.leader().fork().setsid();
		SimulatedProcess grandchild = child.fork();
		this.tree.tree().members();
		this.system.runFor(Duration.ofMillis(100));
		child.ignore(Signal.TERM);
		SimulatedProcess orphan = grandchild.fork();
		grandchild.exit(0);
		TreeEnd end = this.tree.terminate();
		assertThat(orphan.isAlive()).isFalse();
		assertThat(this.system.living("job")).isEmpty();
		assertThat(end.termination().exited()).isTrue();
		assertThat(end.termination().members()).filteredOn((m) -> m.identity().pid() == orphan.pid())
			.extracting(TreeMember::foundBy)
			.containsExactly(FoundBy.SESSION);
	}

	@Test
	void aStoppedMemberGoesOnAndEndsWithinTheGrace() {
		this.tree.leader().fork().stop();
		TreeEnd end = this.tree.terminate();
		assertThat(this.tree.elapsed()).isLessThan(GRACE);
		assertThat(end.termination().escalated()).isFalse();
	}

	@Test
	void aMemberThatMayNotBeSignalledIsReportedAndTheRestIsKilled() {
		SimulatedProcess forbidden = this.tree.leader().fork().forbid();
		SimulatedProcess stubborn = this.tree.leader().fork().ignore(Signal.TERM);
		TreeEnd end = this.tree.terminate();
		assertThat(this.tree.elapsed()).isLessThan(BUDGET);
		assertThat(stubborn.isAlive()).isFalse();
		assertThat(end.termination().exited()).isFalse();
		assertThat(end.termination().timedOut()).isTrue();
		assertThat(end.survivors()).extracting(TreeMember::outcome).containsExactly(MemberOutcome.NOT_PERMITTED);
		assertThat(end.survivors().get(0).identity().pid()).isEqualTo(forbidden.pid());
		assertThat(end.warnings()).anyMatch((w) -> w.contains("EPERM"));
	}

	@Test
	void aMemberThatCannotBeKilledIsReportedWithinTheBudget() {
		SimulatedProcess held = this.tree.leader().fork().holdForGood().ignore(Signal.TERM);
		TreeEnd end = this.tree.terminate();
		assertThat(this.tree.elapsed()).isLessThan(BUDGET);
		assertThat(end.survivors()).extracting((m) -> m.identity().pid()).containsExactly(held.pid());
		assertThat(end.termination().exited()).isFalse();
	}

	@Test
	void membersBornDuringTheKillAreKilledToo() {
		SimulatedProcess leader = this.tree.leader();
		leader.onTerm(() -> IntStream.range(0, 5).forEach((i) -> leader.fork().setsid().ignore(Signal.TERM)));
		TreeEnd end = this.tree.terminate();
		assertThat(this.system.living("job")).isEmpty();
		assertThat(end.termination().members()).hasSize(6);
	}

	@Test
	void aMemberBornBehindTheReadersBackIsFoundByTheSecondScan() {
		SimulatedProcess parent = this.tree.leader().fork();
		this.tree.leader().exit(0);
		this.system.proc().duringNextScan(() -> {
			parent.fork();
			parent.exit(0);
		});
		TreeEnd end = this.tree.end();
		assertThat(end.leftovers()).as("one scan saw nobody, the next one did").hasSize(1);
		assertThat(this.system.living("job")).isEmpty();
	}

	@Test
	void leftoversAreEndedWithTheJobsTimeouts() {
		SimulatedProcess leftover = this.tree.leader().fork();
		this.tree.leader().exit(0);
		TreeEnd end = this.tree.end();
		assertThat(leftover.isAlive()).isFalse();
		assertThat(end.cause()).isEqualTo(EndCause.EXITED);
		assertThat(end.leftovers()).extracting((m) -> m.identity().pid()).containsExactly(leftover.pid());
		assertThat(end.termination()).isNotNull();
	}

	@Test
	void leftoversAreWaitedFor() {
		SimulatedTree waiting = new SimulatedTree(this.system, this.trees, Leftovers.WAIT);
		SimulatedProcess leftover = waiting.leader().fork();
		this.system.in(Duration.ofMinutes(10), () -> leftover.exit(0));
		waiting.leader().exit(0);
		TreeEnd end = waiting.end();
		assertThat(waiting.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
		assertThat(end.termination()).isNull();
		assertThat(end.leftovers()).extracting(TreeMember::outcome).containsExactly(MemberOutcome.EXITED);
	}

	@Test
	void leftoversAreLeftOnPurposeAndNamed() {
		SimulatedTree leaving = new SimulatedTree(this.system, this.trees, Leftovers.LEAVE);
		SimulatedProcess leftover = leaving.leader().fork();
		leaving.leader().exit(0);
		TreeEnd end = leaving.end();
		assertThat(leftover.isAlive()).isTrue();
		assertThat(end.leftovers()).extracting(TreeMember::outcome).containsExactly(MemberOutcome.LEFT);
		assertThat(end.verifiedEmpty()).isFalse();
		assertThat(end.survivors()).isEmpty();
	}

	@Test
	void aSecondRequestJoinsAndTheEarlierDeadlineWins() {
		this.tree.leader().ignore(Signal.TERM);
		this.tree.tree().terminate(SimulatedTree.CONFIG, EndCause.TERMINATED);
		this.tree.tree()
			.terminate(TerminateTreeConfig.builder().graceTimeout(Duration.ofSeconds(1)).build(), EndCause.TIMED_OUT);
		TreeEnd end = this.tree.end();
		assertThat(this.tree.elapsed()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
		assertThat(end.cause()).isEqualTo(EndCause.TERMINATED);
		assertThat(this.tree.leader().received()).filteredOn(Signal.TERM::equals).hasSize(1);
	}

	@Test
	void aGraceThatIsCutShortKillsNow() {
		this.tree.leader().ignore(Signal.TERM);
		this.tree.tree().terminate(SimulatedTree.CONFIG, EndCause.TERMINATED);
		this.system.runFor(Duration.ofMillis(100));
		this.tree.tree().cutGrace();
		this.tree.end();
		assertThat(this.tree.elapsed()).isLessThan(Duration.ofSeconds(1));
	}

	@Test
	void theFirstSignalMayReachTheLeaderOnlyAndTheRestOnceItIsGone() {
		SimulatedProcess leader = this.tree.leader();
		SimulatedProcess worker = leader.fork();
		leader.onTerm(() -> this.system.in(Duration.ofSeconds(2), () -> leader.exit(0)));
		this.tree.tree()
			.terminate(SimulatedTree.CONFIG.toBuilder().first(FirstSignal.LEADER).build(), EndCause.TERMINATED);
		this.system.runFor(Duration.ofSeconds(1));
		assertThat(worker.received()).isEmpty();
		TreeEnd end = this.tree.end();
		assertThat(worker.received()).contains(Signal.TERM);
		assertThat(end.termination().escalated()).isFalse();
		assertThat(this.tree.elapsed()).isLessThan(GRACE);
	}

	@Test
	void anUnreadableTableIsNeverCalledEmpty() {
		this.system.proc().tableUnreadable(true);
		TreeEnd end = this.tree.terminate();
		assertThat(this.tree.elapsed()).isLessThan(BUDGET);
		assertThat(end.termination().exited()).isFalse();
		assertThat(end.verifiedEmpty()).isFalse();
		assertThat(end.warnings()).anyMatch((w) -> w.contains("could not be verified"));
		assertThat(this.tree.leader().received()).as("its group was signalled blindly, once")
			.containsOnlyOnce(Signal.TERM);
	}

	@Test
	void manyTreesThatEndAtOnceShareTheirScans() {
		List<SimulatedTree> many = IntStream.range(0, 200)
			.mapToObj((i) -> new SimulatedTree(this.system, this.trees, Leftovers.END))
			.toList();
		many.forEach((one) -> one.tree().terminate(SimulatedTree.CONFIG, EndCause.TERMINATED));
		many.forEach(SimulatedTree::end);
		assertThat(many).allMatch((one) -> one.end().verifiedEmpty());
		assertThat(this.system.scans()).isLessThan(100);
	}

	@Test
	void aLargeTreeIsEndedWithoutWatchingEveryMember() {
		IntStream.range(0, 300).forEach((i) -> this.tree.leader().fork().setsid());
		TreeEnd end = this.tree.terminate();
		assertThat(this.system.living("job")).isEmpty();
		assertThat(end.termination().escalated()).isFalse();
		assertThat(this.tree.elapsed()).isLessThan(GRACE);
	}

	@Test
	void aForeignTreeIsItsDescentAndItsGroupWhereItLeadsOne() {
		SimulatedProcess root = this.system.stranger();
		SimulatedProcess groupMate = this.system.stranger();
		SimulatedProcess child = root.fork().setsid();
		SimulatedProcess middle = root.fork();
		SimulatedProcess orphanInGroup = middle.fork();
		middle.exit(0);
		TerminateTreeResult result = terminateForeign(root);
		assertThat(result.exited()).isTrue();
		assertThat(List.of(root, child, orphanInGroup)).noneMatch(SimulatedProcess::isAlive);
		assertThat(groupMate.isAlive()).isTrue();
		assertThat(this.tree.leader().isAlive()).isTrue();
	}

	@Test
	void aForeignProcessThatLeadsNoGroupTakesOnlyItsDescentWithIt() {
		SimulatedProcess shell = this.system.stranger();
		SimulatedProcess root = shell.fork();
		SimulatedProcess child = root.fork();
		SimulatedProcess sibling = shell.fork();
		TerminateTreeResult result = terminateForeign(root);
		assertThat(result.pgid()).isNull();
		assertThat(List.of(root, child)).noneMatch(SimulatedProcess::isAlive);
		assertThat(List.of(shell, sibling)).allMatch(SimulatedProcess::isAlive);
	}

	@Test
	void aForeignRootThatMayNotBeSignalledIsRefusedBeforeAnythingHappens() {
		SimulatedProcess root = this.system.stranger().forbid();
		SimulatedProcess child = root.fork();
		var result = this.trees.terminateForeign(this.system.entry(root.pid()), SimulatedTree.CONFIG);
		this.system.runUntil(result::isDone);
		assertThat(result).failsWithin(Duration.ZERO)
			.withThrowableOfType(ExecutionException.class)
			.withCauseInstanceOf(PermissionDeniedException.class);
		assertThat(child.received()).isEmpty();
	}

	private TerminateTreeResult terminateForeign(SimulatedProcess root) {
		var result = this.trees.terminateForeign(this.system.entry(root.pid()), SimulatedTree.CONFIG);
		this.system.runUntil(result::isDone);
		return result.join();
	}

	private static MemberOutcome outcomeOf(TerminateTreeResult result, SimulatedProcess process) {
		return result.members()
			.stream()
			.filter((member) -> member.identity().pid() == process.pid())
			.findFirst()
			.orElseThrow()
			.outcome();
	}

}
