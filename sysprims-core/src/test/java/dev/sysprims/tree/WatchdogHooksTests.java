package dev.sysprims.tree;

import java.time.Duration;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.process.Containment;
import dev.sysprims.process.Leftovers;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is told to whatever ends trees when this JVM dies. */
class WatchdogHooksTests {

	private final SimulatedSystem system = new SimulatedSystem(1);

	private final ProcessTrees trees = new ProcessTrees(this.system);

	@Test
	void aTreeIsGuardedFromItsStartUntilItIsOver() {
		SimulatedTree tree = start(AtJvmDeath.END);
		assertThat(this.system.watchdog().guarded()).containsExactly(tree.leader().key());
		tree.terminate();
		assertThat(this.system.watchdog().guarded()).isEmpty();
	}

	@Test
	void aTreeThatIsToSurviveIsNotGuardedAndNeedsNoWords() {
		this.system.watchdog().cannotGuard("There is no shell.");
		SimulatedTree tree = start(AtJvmDeath.SURVIVE);
		assertThat(this.system.watchdog().guarded()).isEmpty();
		assertThat(tree.terminate().warnings()).isEmpty();
	}

	@Test
	void whyATreeWouldLiveOnIsAWarningOfTheTree() {
		this.system.watchdog().cannotGuard("There is no shell.");
		SimulatedTree tree = start(AtJvmDeath.END_REGISTERED);
		assertThat(tree.tree().warnings()).containsExactly("There is no shell.");
		TreeEnd end = tree.terminate();
		assertThat(end.warnings()).containsExactly("There is no shell.");
		assertThat(end.termination().warnings()).containsExactly("There is no shell.");
	}

	@Test
	void membersThatLeftGroupAndSessionAreToldOfOnce() {
		SimulatedTree tree = start(AtJvmDeath.END);
		SimulatedProcess inside = tree.leader().fork();
		SimulatedProcess inSession = tree.leader().fork().ownGroup();
		SimulatedProcess escaped = tree.leader().fork().setsid();
		SimulatedProcess later = tree.leader().fork();
		this.system.runFor(Duration.ofMinutes(1));
		assertThat(this.system.watchdog().members()).containsExactly(escaped.key());
		later.setsid();
		this.system.runFor(Duration.ofMinutes(1));
		assertThat(this.system.watchdog().members()).containsExactly(escaped.key(), later.key());
		assertThat(inside.isAlive() && inSession.isAlive()).isTrue();
	}

	private SimulatedTree start(AtJvmDeath atJvmDeath) {
		return new SimulatedTree(this.system, this.trees, Leftovers.END, Containment.AUTO, atJvmDeath);
	}

}
