package dev.sysprims.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.fixture.Crowd;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.Containment;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.tree.EndCause;
import dev.sysprims.tree.OwnedTree;
import dev.sysprims.tree.ProcessTrees;
import dev.sysprims.tree.TreeEnd;
import dev.sysprims.tree.TreeListener;
import dev.sysprims.tree.TreePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many trees of the session tier that are ended at once, on a machine that is not empty.
 */
class ManyEndingsIntegrationTests {

	private static final int TREES = Soak.scale(60, 500);

	private static final int OTHERS = Soak.scale(200, 2_000);

	/** Long enough that all are killed after it, and none while it runs. */
	private static final TerminateTreeConfig CONFIG = TerminateTreeConfig.builder()
		.graceTimeout(Duration.ofSeconds(1))
		.killTimeout(Duration.ofSeconds(20))
		.build();

	/** In each a member in a session of its own; every other tree has to be killed. */
	private static final String SCRIPT = """
			%s
			setsid sh -c '. "$0"; announce member%d; exec sleep 600' "$FIXTURE" &
			announce leader%d
			while :; do sleep 600; done""";

	private final OperatingSystem os = LinuxSystem.open();

	private final CountedScans counted = CountedScans.of(this.os);

	private final ProcessTrees trees = new ProcessTrees(this.counted.on(this.os));

	@Test
	@Timeout(300)
	void howManyScansItTakesDoesNotDependOnHowManyThereAre() {
		try (Crowd crowd = new Crowd(OTHERS)) {
			end(2); // so that the classes are there
			Cost one = end(1);
			Cost many = end(TREES);
			Soak.tell("%d trees ended at once beside %d other processes: %s; one tree: %s", TREES, crowd.size(), many,
					one);
			// An end that comes while a table is read takes another look. As long as many
			// signals are sent there are such moments: some more, not some for each.
			assertThat(many.scans()).isLessThan(one.scans() + TREES / 3);
		}
	}

	private Cost end(int count) {
		try (ProcessFixture fixture = new ProcessFixture()) {
			List<OwnedTree> all = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				all.add(start(fixture.sh(SCRIPT.formatted((i % 2 == 0) ? "trap '' TERM" : "", i, i))));
			}
			for (int i = 0; i < count; i++) {
				fixture.await("member" + i);
				fixture.await("leader" + i);
			}
			int before = this.counted.scans();
			long begun = System.nanoTime();
			List<CompletableFuture<TreeEnd>> ends = all.stream()
				.map((tree) -> tree.terminate(CONFIG, EndCause.TERMINATED))
				.toList();
			assertThat(ends).allMatch((end) -> Spawned.get(end).verifiedEmpty());
			Cost cost = new Cost(this.counted.scans() - before, (System.nanoTime() - begun) / 1_000_000);
			assertThat(fixture.announced()).hasSize(2 * count).noneMatch(LiveProcess::isAlive);
			return cost;
		}
	}

	private OwnedTree start(List<String> command) {
		SpawnRequest request = new SpawnRequest(Command.of(command.toArray(String[]::new)), new ChildInput.Empty(),
				new ChildOutput.Discard(), new ChildOutput.Discard(), Containment.SESSION, AtJvmDeath.END);
		return Spawned.get(this.trees.start(request, new TreePolicy(Leftovers.END, CONFIG), new TreeListener() {
		}));
	}

	private record Cost(int scans, long millis) {

		@Override
		public String toString() {
			return this.scans + " scans, " + this.millis + " ms with a grace of " + CONFIG.graceTimeout().toMillis();
		}

	}

}
