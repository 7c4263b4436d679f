package dev.sysprims.tree;

import java.time.Duration;

import dev.sysprims.process.Leftovers;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program may make children for its parent, which is this JVM: nobody else can reap
 * them, adopted orphans or not.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
class SiblingsTests {

	private final SimulatedSystem system;

	private final ProcessTrees trees;

	SiblingsTests(boolean contained) {
		this.system = contained ? new SimulatedSystem(1).contained() : new SimulatedSystem(1);
		this.trees = new ProcessTrees(this.system);
	}

	@Test
	void oneThatIsEndedWithTheTreeIsReaped() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess sibling = tree.leader().sibling().setsid();
		assertThat(tree.terminate().verifiedEmpty()).isTrue();
		assertThat(sibling.isAlive()).isFalse();
		this.system.runFor(Duration.ofMinutes(1));
		assertThat(sibling.isZombie()).isFalse();
	}

	@Test
	void oneThatTheProgramLeavesIsReaped() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		SimulatedProcess sibling = tree.leader().sibling();
		tree.leader().exit(0);
		tree.end();
		this.system.runFor(Duration.ofMinutes(1));
		assertThat(sibling.isAlive()).isFalse();
		assertThat(sibling.isZombie()).isFalse();
	}

	@Test
	void oneThatWasLeftOnPurposeIsReapedWhenItEnds() {
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.LEAVE);
		SimulatedProcess sibling = tree.leader().sibling();
		tree.leader().exit(0);
		tree.end();
		assertThat(sibling.isAlive()).isTrue();
		sibling.exit(0);
		this.system.runFor(Duration.ofMinutes(2));
		assertThat(sibling.isZombie()).isFalse();
	}

	@Test
	void whatOtherCodeHasStartedIsNotReaped() {
		SimulatedProcess other = this.system.otherChild();
		other.exit(0);
		SimulatedTree tree = new SimulatedTree(this.system, this.trees, Leftovers.END);
		tree.leader().sibling();
		tree.terminate();
		this.system.runFor(Duration.ofMinutes(1));
		assertThat(other.isZombie()).as("whoever started it waits for it").isTrue();
	}

}
