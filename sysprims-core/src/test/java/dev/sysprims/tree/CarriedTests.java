package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What processes carry, read once for all. */
class CarriedTests {

	private static final long JVM = 7;

	private final Map<ProcessKey, List<String>> environments = new HashMap<>();

	private final Set<ProcessKey> gone = new HashSet<>();

	private final List<ProcessKey> read = new ArrayList<>();

	private final Carried carried = new Carried(this::read, (key) -> !this.gone.contains(key),
			(zombie) -> zombie.ppid() == JVM);

	private Collection<String> read(ProcessKey key) {
		this.read.add(key);
		return this.environments.getOrDefault(key, List.of());
	}

	@Test
	void oneLookServesAllWhoAsk() {
		ProcessEntry first = process(1, 10, "a");
		ProcessEntry second = process(2, 20, "a", "b");
		ProcessTable table = new ProcessTable(List.of(first, second));
		assertThat(this.carried.carriersOf("b", table, 15)).containsExactly(second);
		assertThat(this.read).as("who started before the root is not read").containsExactly(second.key());
		assertThat(this.carried.carriersOf("a", table, 5)).containsExactlyInAnyOrder(first, second);
		assertThat(this.carried.carriersOf("a", table, 15)).containsExactly(second);
		assertThat(this.carried.carriersOf("c", table, 5)).isEmpty();
		assertThat(this.read).containsExactly(second.key(), first.key());
	}

	@Test
	void whoCouldNotBeReadForOneTreeIsReadForTheNext() {
		ProcessEntry process = process(1, 10, "a");
		ProcessTable table = new ProcessTable(List.of(process));
		Carried once = new Carried((key) -> {
			if (this.read.isEmpty()) {
				this.read.add(key);
				throw new SysprimsException(ErrorKind.SYSTEM, "EMFILE, for this test.");
			}
			return read(key);
		}, (key) -> true, (zombie) -> false);
		assertThatExceptionOfType(SysprimsException.class).isThrownBy(() -> once.carriersOf("b", table, 0));
		assertThat(once.carriersOf("a", table, 0)).containsExactly(process);
	}

	@Test
	void aYesIsRememberedWhateverBecomesOfTheEnvironment() {
		ProcessEntry process = process(1, 10, "a");
		this.carried.carriersOf("a", new ProcessTable(List.of(process)), 0);
		this.environments.clear();
		assertThat(this.carried.carriersOf("a", new ProcessTable(List.of(process)), 0)).containsExactly(process);
	}

	@Test
	void aNoIsBelievedWhenItWasGivenTwice() {
		ProcessEntry process = process(1, 10);
		assertThat(this.carried.carriersOf("a", new ProcessTable(List.of(process)), 0)).isEmpty();
		this.environments.put(process.key(), List.of("a"));
		assertThat(this.carried.carriersOf("a", new ProcessTable(List.of(process)), 0)).containsExactly(process);
		ProcessEntry without = process(2, 10);
		Stream.of(1, 2, 3, 4)
			.forEach((i) -> this.carried.carriersOf("a", new ProcessTable(List.of(process, without)), 0));
		assertThat(this.read).filteredOn(without.key()::equals).hasSize(2);
	}

	@Test
	void aNumberThatBelongsToAnotherProcessIsReadAgain() {
		this.carried.carriersOf("a", new ProcessTable(List.of(process(1, 10, "a"))), 0);
		ProcessEntry successor = process(1, 30);
		assertThat(this.carried.carriersOf("a", new ProcessTable(List.of(successor)), 0)).isEmpty();
	}

	@Test
	void whatWasForgottenIsReadAgain() {
		ProcessEntry process = process(1, 10, "a");
		ProcessTable table = new ProcessTable(List.of(process));
		this.carried.carriersOf("a", table, 0);
		this.carried.forget();
		assertThat(this.carried.carriersOf("a", table, 0)).containsExactly(process);
		assertThat(this.read).hasSize(2);
	}

	@Test
	void whoIsGoneBeforeItIsReadIsMissedByThoseWhoseItMayHaveBeen() {
		ProcessEntry gone = process(2, 20);
		this.gone.add(gone.key());
		this.carried.carriersOf("a", new ProcessTable(List.of(gone)), 0);
		assertThat(this.carried.hasMissedAny(20)).isTrue();
		assertThat(this.carried.hasMissedAny(21)).as("it started before the root").isFalse();
		this.carried.carriersOf("a", new ProcessTable(List.of(process(3, 20))), 0);
		assertThat(this.carried.hasMissedAny(20)).as("in another table").isFalse();
	}

	@Test
	void whoWasReadOnceOrHasItsSessionLeaderBesideItIsNotMissed() {
		ProcessEntry leader = process(1, 10);
		ProcessEntry stranger = new ProcessEntry(new ProcessKey(2, 20), 1, 1, 1, false, "p");
		this.gone.add(stranger.key());
		this.carried.carriersOf("a", new ProcessTable(List.of(leader, stranger)), 0);
		assertThat(this.carried.hasMissedAny(0)).as("in the session of another").isFalse();
		this.gone.add(leader.key());
		this.carried.carriersOf("a", new ProcessTable(List.of(leader)), 0);
		assertThat(this.carried.hasMissedAny(0)).as("read before").isFalse();
		this.carried.carriersOf("a", new ProcessTable(List.of(stranger)), 0);
		assertThat(this.carried.hasMissedAny(0)).as("alone in its session").isTrue();
	}

	@Test
	void anOrphanThatNobodySawAliveIsMissedOnceWhenItsZombieComesHere() {
		ProcessEntry zombie = new ProcessEntry(new ProcessKey(2, 20), JVM, 2, 2, true, "p");
		ProcessEntry elsewhere = new ProcessEntry(new ProcessKey(3, 30), 1, 3, 3, true, "p");
		this.carried.carriersOf("a", new ProcessTable(List.of(zombie, elsewhere)), 0);
		assertThat(this.carried.hasMissedAny(20)).isTrue();
		assertThat(this.carried.hasMissedAny(21)).as("its parent waits for it").isFalse();
		this.carried.carriersOf("a", new ProcessTable(List.of(zombie, elsewhere)), 0);
		assertThat(this.carried.hasMissedAny(20)).as("in the next table").isFalse();
	}

	@Test
	void theZombieOfAnOrphanThatWasSeenAliveIsNotMissed() {
		ProcessEntry alive = process(2, 20);
		this.carried.carriersOf("a", new ProcessTable(List.of(alive)), 0);
		ProcessEntry zombie = new ProcessEntry(alive.key(), JVM, 2, 2, true, "p");
		this.carried.carriersOf("a", new ProcessTable(List.of(zombie)), 0);
		assertThat(this.carried.hasMissedAny(0)).isFalse();
	}

	private ProcessEntry process(long pid, long start, String... carried) {
		ProcessEntry entry = new ProcessEntry(new ProcessKey(pid, start), 1, pid, pid, false, "p");
		this.environments.put(entry.key(), List.of(carried));
		return entry;
	}

}
