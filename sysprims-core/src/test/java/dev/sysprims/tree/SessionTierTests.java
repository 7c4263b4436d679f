package dev.sysprims.tree;

import java.time.Duration;
import java.util.stream.IntStream;

import dev.sysprims.process.FoundBy;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Trees whose members can leave: what they carry, and who was seen in time. */
class SessionTierTests {

	private final SimulatedSystem system = new SimulatedSystem(1);

	private final ProcessTrees trees = new ProcessTrees(this.system);

	private final SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);

	@Test
	void aDaemonIsFoundByItsMarker() {
		SimulatedProcess daemon = daemon().closePipes();
		TreeEnd end = this.tree.terminate();
		assertThat(daemon.isAlive()).isFalse();
		assertThat(foundBy(end, daemon)).isEqualTo(FoundBy.MARKER);
		assertThat(end.termination().exited()).isTrue();
		assertThat(end.reliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
	}

	@Test
	void aDaemonThatWipedItsEnvironmentIsFoundByTheJobsPipe() {
		SimulatedProcess daemon = daemon().wipe();
		TreeEnd end = this.tree.terminate();
		assertThat(daemon.isAlive()).isFalse();
		assertThat(foundBy(end, daemon)).isEqualTo(FoundBy.PIPE);
	}

	@Test
	void aDaemonThatWipedEverythingIsKnownIfItWasSeenBefore() {
		SimulatedProcess middle = this.tree.leader().fork();
		SimulatedProcess daemon = middle.fork().wipe().closePipes();
		this.system.runFor(Duration.ofMillis(100));
		daemon.setsid();
		middle.exit(0);
		this.system.runFor(Duration.ofMillis(100));
		TreeEnd end = this.tree.terminate();
		assertThat(daemon.isAlive()).isFalse();
		assertThat(foundBy(end, daemon)).isEqualTo(FoundBy.GROUP);
	}

	@Test
	void whereProcessesComeAndGoFasterThanTheyAreReadATreeIsNotCalledEmptyAndTheReasonIsSaid() {
		this.system.churn().elusive();
		TreeEnd end = this.tree.terminate();
		assertThat(end.verifiedEmpty()).isFalse();
		assertThat(end.termination().exited()).isFalse();
		assertThat(end.warnings()).anyMatch((warning) -> warning.contains("come and go faster"));
		assertThat(this.tree.leader().isAlive()).isFalse();
	}

	@Test
	void whoeverCarriesTheMarkerInAnOlderSessionDoesNotBringThatIn() {
		SimulatedProcess service = this.system.stranger();
		SimulatedTree job = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess onBehalf = service.fork();
		onBehalf.appendMarker(job.tree().child().marker());
		TreeEnd end = job.terminate();
		assertThat(foundBy(end, onBehalf)).isEqualTo(FoundBy.MARKER);
		assertThat(service.received()).isEmpty();
		assertThat(service.isAlive()).isTrue();
	}

	@Test
	void aSessionCountsWhenTheMemberThatLedItIsGoneAndForgotten() {
		SimulatedProcess middle = this.tree.leader().fork();
		SimulatedProcess daemon = middle.fork().setsid().wipe().closePipes();
		SimulatedProcess worker = daemon.fork();
		SimulatedProcess other = daemon.fork();
		this.system.runFor(Duration.ofMillis(100));
		middle.exit(0);
		daemon.exit(0);
		this.system.runFor(Duration.ofMinutes(1));
		SimulatedProcess orphan = worker.fork();
		worker.exit(0);
		this.system.runFor(Duration.ofMillis(100));
		TreeEnd end = this.tree.terminate();
		assertThat(orphan.isAlive()).isFalse();
		assertThat(foundBy(end, orphan)).isEqualTo(FoundBy.SESSION);
		assertThat(other.isAlive()).isFalse();
		assertThat(end.verifiedEmpty()).isTrue();
	}

	@Test
	void hoppersAreCaughtByTheirMarker() {
		SimulatedProcess leader = this.tree.leader().ignore(Signal.TERM);
		IntStream.range(0, 10).forEach((i) -> hop(leader.fork().setsid(), 400));
		TreeEnd end = this.tree.terminate();
		assertThat(this.system.living("job")).isEmpty();
		assertThat(end.termination().exited()).isTrue();
	}

	/** Forks, and the parent exits: its child has no parent that a scan could know. */
	private void hop(SimulatedProcess hopper, int times) {
		hopper.ignore(Signal.TERM);
		this.system.in(Duration.ofMillis(15), () -> {
			if (hopper.isAlive() && times > 0) {
				hop(hopper.fork().setsid(), times - 1);
				hopper.exit(0);
			}
		});
	}

	@Test
	void aNestedSupervisorsJobBelongsToTheOuterOne() {
		// The inner marker is appended: the outer one is still carried.
		SimulatedProcess supervisor = this.tree.leader().fork();
		SimulatedProcess inner = supervisor.fork().setsid().closePipes();
		inner.appendMarker("inner-1");
		supervisor.exit(0);
		TreeEnd end = this.tree.terminate();
		assertThat(inner.isAlive()).isFalse();
		assertThat(foundBy(end, inner)).isEqualTo(FoundBy.MARKER);
	}

	@Test
	void theMarkerOfAnotherJobIsNoBond() {
		SimulatedTree other = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess daemon = daemon(other.leader());
		this.tree.terminate();
		assertThat(daemon.received()).isEmpty();
		assertThat(other.leader().isAlive()).isTrue();
		other.terminate();
		assertThat(daemon.isAlive()).isFalse();
	}

	@Test
	void neitherThisJvmNorOneThatStartedBeforeIsAMemberWhateverItCarries() {
		SimulatedSystem other = new SimulatedSystem(2);
		SimulatedProcess before = other.stranger();
		SimulatedTree late = new SimulatedTree(other, new ProcessTrees(other), Leftovers.END);
		String marker = late.tree().child().marker();
		before.appendMarker(marker);
		other.jvm().appendMarker(marker);
		late.terminate();
		assertThat(before.received()).isEmpty();
		assertThat(other.jvm().received()).isEmpty();
		assertThat(other.proc().environmentsRead()).contains(late.leader().key()).doesNotContain(before.key());
	}

	private SimulatedProcess daemon() {
		return daemon(this.tree.leader());
	}

	private static SimulatedProcess daemon(SimulatedProcess leader) {
		SimulatedProcess middle = leader.fork();
		SimulatedProcess daemon = middle.fork().setsid();
		middle.exit(0);
		return daemon;
	}

	private static FoundBy foundBy(TreeEnd end, SimulatedProcess process) {
		return end.termination()
			.members()
			.stream()
			.filter((member) -> member.identity().pid() == process.pid())
			.map(TreeMember::foundBy)
			.findFirst()
			.orElseThrow();
	}

}
