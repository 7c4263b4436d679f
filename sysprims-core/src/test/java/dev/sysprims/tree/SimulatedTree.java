package dev.sysprims.tree;

import java.time.Duration;
import java.util.Objects;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.process.Command;
import dev.sysprims.process.Containment;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.simulation.SimulatedChild;
import dev.sysprims.simulation.SimulatedContainer;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;

/** A tree of the real policy on the simulated system. */
final class SimulatedTree {

	static final TerminateTreeConfig CONFIG = TerminateTreeConfig.builder()
		.graceTimeout(Duration.ofSeconds(5))
		.killTimeout(Duration.ofSeconds(2))
		.build();

	private final SimulatedSystem system;

	private final OwnedTree tree;

	private final long begun;

	SimulatedTree(SimulatedSystem system, ProcessTrees trees, Leftovers leftovers) {
		this(system, trees, leftovers, Containment.AUTO, AtJvmDeath.END);
	}

	SimulatedTree(SimulatedSystem system, ProcessTrees trees, Leftovers leftovers, Containment containment,
			AtJvmDeath atJvmDeath) {
		this.system = system;
		this.begun = system.sweeper().nanoTime();
		SpawnRequest request = new SpawnRequest(Command.of("simulated"), new ChildInput.Empty(),
				new ChildOutput.Discard(), new ChildOutput.Discard(), containment, atJvmDeath);
		this.tree = trees.start(request, new TreePolicy(leftovers, CONFIG), new TreeListener() {
		}).join();
	}

	OwnedTree tree() {
		return this.tree;
	}

	SimulatedProcess leader() {
		return ((SimulatedChild) this.tree.child()).process();
	}

	boolean isContained() {
		return this.tree.child().container() != null;
	}

	SimulatedContainer container() {
		return Objects.requireNonNull(((SimulatedChild) this.tree.child()).container());
	}

	TreeEnd terminate() {
		this.tree.terminate(CONFIG, EndCause.TERMINATED);
		return end();
	}

	/** Lets virtual time go on until the tree is over. */
	TreeEnd end() {
		this.system.runUntil(this.tree.end()::isDone);
		return this.tree.end().getNow(null);
	}

	Duration elapsed() {
		return Duration.ofNanos(this.system.sweeper().nanoTime() - this.begun);
	}

}
