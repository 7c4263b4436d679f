package dev.sysprims.tree;

import java.time.Duration;

import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM that was stopped, or got no processor, while it was ending a tree. */
class StarvedEndingTests {

	private final SimulatedSystem system = new SimulatedSystem(1);

	@Test
	void nobodyIsNamedAsSurvivorBeforeAKillWasTried() {
		SimulatedTree tree = new SimulatedTree(this.system, new ProcessTrees(this.system), Leftovers.END);
		SimulatedProcess member = tree.leader().fork().ignore(Signal.TERM);
		Duration bothTimeouts = SimulatedTree.CONFIG.graceTimeout().plus(SimulatedTree.CONFIG.killTimeout());
		this.system.duringNextScan(() -> this.system.runFor(bothTimeouts.plusSeconds(1)));
		TreeEnd end = tree.terminate();
		assertThat(member.received()).contains(Signal.KILL);
		assertThat(end.survivors()).isEmpty();
		assertThat(end.verifiedEmpty()).isTrue();
	}

}
