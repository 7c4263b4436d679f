package dev.sysprims.tree;

import java.time.Duration;

import dev.sysprims.fixture.ForwardingSystem;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A JVM that was stopped, or got no processor, while it was ending a tree. */
class StarvedEndingTests {

	private static final Duration BOTH_TIMEOUTS = SimulatedTree.CONFIG.graceTimeout()
		.plus(SimulatedTree.CONFIG.killTimeout());

	private static final Duration LONG_LOOK = Duration.ofMillis(500);

	private final SimulatedSystem system = new SimulatedSystem(1);

	private boolean isShort = true;

	@Test
	void nobodyIsNamedAsSurvivorBeforeAKillWasTried() {
		SimulatedTree tree = new SimulatedTree(this.system, new ProcessTrees(this.system), Leftovers.END);
		SimulatedProcess member = tree.leader().fork().ignore(Signal.TERM);
		this.system.proc().duringNextScan(() -> this.system.runFor(BOTH_TIMEOUTS.plusSeconds(1)));
		TreeEnd end = tree.terminate();
		assertThat(member.received()).contains(Signal.KILL);
		assertThat(end.survivors()).isEmpty();
		assertThat(end.verifiedEmpty()).isTrue();
	}

	@Test
	void whereLooksTakeLongAndProveNothingTheEndComesInTime() {
		SimulatedTree tree = treeWithAHopperAndLongLooks();
		TreeEnd end = tree.terminate();
		assertThat(end.verifiedEmpty()).isFalse();
		assertThat(tree.elapsed()).isLessThan(BOTH_TIMEOUTS.plus(LONG_LOOK.multipliedBy(6)));
	}

	@Test
	void whereLooksTakeLongAndProveNothingLeftoversAreNotLookedForForLong() {
		SimulatedTree tree = treeWithAHopperAndLongLooks();
		tree.leader().exit(0);
		TreeEnd end = tree.end();
		assertThat(end.verifiedEmpty()).isFalse();
		assertThat(tree.elapsed()).isLessThan(SimulatedTree.CONFIG.killTimeout().plus(LONG_LOOK.multipliedBy(4)));
	}

	/** Somebody in it ends and goes on as another process in each look. */
	private SimulatedTree treeWithAHopperAndLongLooks() {
		SimulatedTree tree = new SimulatedTree(this.system.adopting(), new ProcessTrees(this.system), Leftovers.END);
		SimulatedProcess parent = tree.leader().fork();
		hopInEachScan(parent.fork().setsid());
		parent.exit(0);
		this.system.proc().longScans(LONG_LOOK);
		return tree;
	}

	private void hopInEachScan(SimulatedProcess hopper) {
		this.system.proc().duringNextScan(() -> {
			SimulatedProcess next = hopper.fork().setsid();
			hopper.exit(0);
			hopInEachScan(next);
		});
	}

	@Test
	void whereNobodyCanBeLookedAtCloserTheEndComesInTimeAndSaysWhy() {
		SimulatedTree tree = new SimulatedTree(this.system, new ProcessTrees(withoutDescriptors()), Leftovers.END);
		tree.leader().ignore(Signal.TERM);
		this.system.stranger(); // or is it?
		TreeEnd end = tree.terminate();
		assertThat(tree.elapsed()).isLessThan(BOTH_TIMEOUTS.plusSeconds(1));
		assertThat(tree.leader().received()).contains(Signal.TERM, Signal.KILL);
		assertThat(end.termination().exited()).isFalse();
		assertThat(end.warnings()).anyMatch((warning) -> warning.contains("EMFILE"));
	}

	@Test
	void whereNobodyCanBeLookedAtCloserALeftoverIsNotMissedForGood() {
		SimulatedTree tree = new SimulatedTree(this.system, new ProcessTrees(withoutDescriptors()), Leftovers.END);
		SimulatedProcess leftover = tree.leader().fork();
		this.system.runFor(Duration.ofMillis(100));
		tree.leader().exit(0);
		this.system.in(Duration.ofMillis(200), () -> this.isShort = false);
		TreeEnd end = tree.end();
		assertThat(leftover.isAlive()).isFalse();
		assertThat(end.verifiedEmpty()).isTrue();
	}

	@Test
	void whoWasFoundWhileNobodyCouldBeLookedAtCloserIsRemembered() {
		SimulatedTree tree = new SimulatedTree(this.system, new ProcessTrees(withoutDescriptors()), Leftovers.END);
		SimulatedProcess lost = tree.leader().fork().fork().setsid().wipe().closePipes();
		this.system.in(Duration.ofMillis(3), () -> this.isShort = false);
		TreeEnd end = tree.terminate();
		assertThat(lost.received()).contains(Signal.TERM);
		assertThat(lost.isAlive()).isFalse();
		assertThat(end.verifiedEmpty()).isTrue();
	}

	@Test
	void aTreeIsNotEmptyWhileSomebodyLivesWhoCouldNotBeToldFromAStranger() {
		SimulatedTree tree = new SimulatedTree(this.system, new ProcessTrees(this.system), Leftovers.END);
		SimulatedProcess lost = tree.leader().fork().fork().setsid().wipe().closePipes();
		this.system.proc().linesUnreadable(true);
		this.system.in(Duration.ofMillis(3), () -> this.system.proc().linesUnreadable(false));
		TreeEnd end = tree.terminate();
		assertThat(lost.isAlive()).isTrue();
		assertThat(lost.received()).isEmpty();
		assertThat(end.verifiedEmpty()).isFalse();
		assertThat(end.warnings())
			.anyMatch((warning) -> warning.contains("could not be verified") && warning.contains("EMFILE"));
	}

	/** The table can be read, with one descriptor at a time, and nothing closer. */
	private OperatingSystem withoutDescriptors() {
		return new ForwardingSystem(this.system) {

			@Override
			public @Nullable String markerOf(ProcessKey key) {
				if (StarvedEndingTests.this.isShort) {
					throw new SysprimsException(ErrorKind.SYSTEM, "EMFILE, says a test.");
				}
				return super.markerOf(key);
			}

		};
	}

}
