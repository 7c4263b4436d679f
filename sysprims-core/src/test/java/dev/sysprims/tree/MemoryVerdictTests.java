package dev.sysprims.tree;

import java.time.Duration;
import java.util.List;

import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Trees of which the kernel ends somebody for lack of memory. */
class MemoryVerdictTests {

	private final SimulatedSystem system = new SimulatedSystem(1).contained();

	private final ProcessTrees trees = new ProcessTrees(this.system);

	private final SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);

	@Test
	void aProgramThatTheKernelEndedSaysSo() {
		this.tree.container().countingMemory(4096).endForLackOfMemory(this.tree.leader());
		TreeEnd end = this.tree.end();
		assertThat(end.outOfMemory()).isTrue();
		assertThat(end.status().signal()).isEqualTo(Signal.KILL);
		assertThat(end.warnings()).isEmpty();
		assertThat(end.usage().peakMemoryKb()).isEqualTo(4096);
		assertThat(end.usage().cpuTime()).isPositive();
		assertThat(this.tree.container().isRemoved()).isTrue();
	}

	@Test
	void aProgramThatGoesOnAfterAMemberWasEndedGetsAWarning() {
		SimulatedProcess worker = this.tree.leader().fork();
		this.tree.container().countingMemory(4096).endForLackOfMemory(worker);
		this.system.runFor(Duration.ofSeconds(1));
		this.tree.leader().exit(137);
		assertWarned(this.tree.end(), "1 process of this tree", "not the program itself");
	}

	@Test
	void aProgramThatWasKilledHereIsNotTakenForAVictim() {
		SimulatedProcess worker = this.tree.leader().ignore(Signal.TERM).fork();
		this.tree.container().countingMemory(4096).endForLackOfMemory(worker);
		this.system.runFor(Duration.ofSeconds(1));
		TreeEnd end = this.tree.terminate();
		assertThat(end.status().signal()).isEqualTo(Signal.KILL);
		assertWarned(end, "1 process of this tree", "cannot be told");
	}

	@Test
	void neitherIsOneThatWasKilledByTheCaller() {
		SimulatedProcess worker = this.tree.leader().fork();
		this.tree.container().countingMemory(4096).endForLackOfMemory(worker);
		this.system.runFor(Duration.ofSeconds(1));
		this.tree.tree().signal(Signal.KILL);
		assertWarned(this.tree.end(), "cannot be told");
	}

	@Test
	void norOneThatWasAskedToEndByAKill() {
		SimulatedProcess worker = this.tree.leader().fork();
		this.tree.container().countingMemory(4096).endForLackOfMemory(worker);
		this.tree.tree().terminate(TerminateTreeConfig.builder().signal(Signal.KILL).build(), EndCause.TERMINATED);
		assertWarned(this.tree.end(), "cannot be told");
	}

	@Test
	void aVictimDuringTheGraceIsOne() {
		SimulatedProcess leader = this.tree.leader().ignore(Signal.TERM);
		leader.fork().ignore(Signal.TERM);
		this.tree.container().countingMemory(4096);
		this.system.in(Duration.ofSeconds(1), () -> this.tree.container().endForLackOfMemory(leader));
		TreeEnd end = this.tree.terminate();
		assertThat(end.termination().escalated()).isTrue();
		assertThat(end.outOfMemory()).isTrue();
		assertThat(end.cause()).isEqualTo(EndCause.TERMINATED);
	}

	@Test
	void aMemberThatIsEndedAfterTheProgramDoesNotChangeHowThatEnded() {
		SimulatedTree waiting = new SimulatedTree(this.system, this.trees, Leftovers.WAIT);
		SimulatedProcess worker = waiting.leader().fork();
		waiting.container().countingMemory(4096);
		waiting.tree().child().signal(Signal.KILL);
		this.system.in(Duration.ofSeconds(10), () -> waiting.container().endForLackOfMemory(worker));
		assertWarned(waiting.end(), "not the program itself");
	}

	@Test
	void aProgramThatOthersKilledIsNoVictimWhenNobodyIs() {
		this.tree.container().countingMemory(4096);
		this.tree.tree().child().signal(Signal.KILL);
		TreeEnd end = this.tree.end();
		assertThat(end.outOfMemory()).isFalse();
		assertThat(end.warnings()).isEmpty();
	}

	@Test
	void whereNothingIsCountedNothingIsSaid() {
		this.tree.tree().child().signal(Signal.KILL);
		TreeEnd end = this.tree.end();
		assertThat(end.outOfMemory()).isFalse();
		assertThat(end.usage().peakMemoryKb()).isNull();
		assertThat(end.warnings()).isEmpty();
	}

	@Test
	void whatCannotBeReadIsNotKnownAndSaysSo() {
		this.tree.container().countingMemory(4096).unreadable();
		this.tree.tree().child().signal(Signal.KILL);
		TreeEnd end = this.tree.end();
		assertThat(end.outOfMemory()).isFalse();
		assertThat(end.warnings()).anyMatch((warning) -> warning.contains("memory.events: EIO"));
	}

	private static void assertWarned(TreeEnd end, String... parts) {
		assertThat(end.outOfMemory()).isFalse();
		assertThat(end.warnings()).hasSize(1).first().asString().contains(List.of(parts)).contains("memory limit");
	}

}
