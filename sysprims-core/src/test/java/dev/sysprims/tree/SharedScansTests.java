package dev.sysprims.tree;

import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What many trees cost that end at once, in scans and in environments read. */
class SharedScansTests {

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void twoHundredTreesTakeAboutAsManyScansAsOne(boolean contained) {
		int one = scansToEnd(1, contained);
		int many = scansToEnd(200, contained);
		assertThat(many).isLessThanOrEqualTo(10 * one).isLessThan(100);
	}

	private static int scansToEnd(int count, boolean contained) {
		SimulatedSystem system = contained ? new SimulatedSystem(1).contained() : new SimulatedSystem(1);
		List<SimulatedTree> trees = start(system, count);
		trees.forEach((tree) -> tree.leader().fork().setsid().ignore(Signal.TERM));
		int before = system.scans();
		trees.forEach((tree) -> tree.tree().terminate(SimulatedTree.CONFIG, EndCause.TERMINATED));
		trees.forEach(SimulatedTree::end);
		assertThat(trees).allMatch((tree) -> tree.end().verifiedEmpty());
		return system.scans() - before;
	}

	@Test
	void anEnvironmentIsReadAtMostTwiceHoweverManyTreesLook() {
		SimulatedSystem system = new SimulatedSystem(1);
		List<SimulatedTree> trees = start(system, 50);
		IntStream.range(0, 50).forEach((i) -> system.stranger());
		trees.forEach((tree) -> tree.leader().fork().setsid().ignore(Signal.TERM));
		system.runFor(Duration.ofMinutes(5));
		trees.forEach((tree) -> tree.tree().terminate(SimulatedTree.CONFIG, EndCause.TERMINATED));
		trees.forEach(SimulatedTree::end);
		List<ProcessKey> read = system.proc().environmentsRead();
		assertThat(new HashSet<>(read)).hasSizeGreaterThanOrEqualTo(150);
		assertThat(read.stream().distinct()).allMatch((key) -> Collections.frequency(read, key) <= 2);
		assertThat(trees.stream().map((tree) -> tree.leader().key())).as("a yes is believed at once")
			.allMatch((key) -> Collections.frequency(read, key) == 1);
	}

	private static List<SimulatedTree> start(SimulatedSystem system, int count) {
		ProcessTrees trees = new ProcessTrees(system);
		return IntStream.range(0, count).mapToObj((i) -> new SimulatedTree(system, trees, Leftovers.END)).toList();
	}

}
