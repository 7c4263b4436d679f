package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import dev.sysprims.os.ProcessKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WatchdogTableTests {

	private final HeapFile file = new HeapFile();

	private final WatchdogTable table = new WatchdogTable(this.file);

	@Test
	void aLeaderIsALineOf64Bytes() throws ErrnoException {
		this.table.addLeader(key(42), null);
		assertThat(this.file.text()).hasSize(64).endsWith(" \n").startsWith("42 4200 ");
	}

	@Test
	void aMemberHasAHyphen() throws ErrnoException {
		this.table.addMember(key(42));
		assertThat(lines()).containsExactly("42 4200 -");
	}

	@Test
	void thePathOfACgroupTakesAsManySlotsAsItNeeds() throws ErrnoException {
		String directory = "/" + "d".repeat(150);
		this.table.addLeader(key(1), bytes(directory));
		this.table.addLeader(key(2), null);
		assertThat(lines()).containsExactly("1 100 " + directory + "/cgroup.procs", "2 200");
		assertThat(this.file.size()).isEqualTo(4 * 64);
	}

	@Test
	void aPathThatJustFitsIsStillEndedByALineFeed() throws ErrnoException {
		for (int length = 40; length < 48; length++) {
			WatchdogTable.Slots slots = this.table.addLeader(key(1), bytes("/" + "d".repeat(length)));
			this.table.addLeader(key(2), null);
			assertThat(lines()).containsExactly("1 100 /" + "d".repeat(length) + "/cgroup.procs", "2 200");
			this.table.remove(slots);
			this.table.remove(new WatchdogTable.Slots(slots.count(), 1));
			assertThat(this.file.size()).isZero();
		}
	}

	@Test
	void aPathThatNoLineCanHoldIsLeftOut() throws ErrnoException {
		this.table.addLeader(key(1), bytes("/a\nb"));
		this.table.addLeader(key(2), bytes("relative"));
		assertThat(lines()).containsExactly("1 100", "2 200");
	}

	@Test
	void freedSlotsAreUsedAgain() throws ErrnoException {
		WatchdogTable.Slots wide = this.table.addLeader(key(1), bytes("/" + "d".repeat(150)));
		this.table.addLeader(key(2), null);
		this.table.remove(wide);
		assertThat(lines()).containsExactly("2 200");
		this.table.addMember(key(3));
		this.table.addLeader(key(4), bytes("/" + "e".repeat(150)));
		this.table.addMember(key(5));
		assertThat(lines()).containsExactlyInAnyOrder("2 200", "3 300 -", "5 500 -",
				"4 400 /" + "e".repeat(150) + "/cgroup.procs");
		assertThat(this.file.size()).isEqualTo(7 * 64);
	}

	@Test
	void itIsAsLongAsWhatIsInIt() throws ErrnoException {
		List<WatchdogTable.Slots> slots = List.of(this.table.addMember(key(1)), this.table.addMember(key(2)),
				this.table.addMember(key(3)));
		this.table.remove(slots.get(1));
		assertThat(this.file.size()).isEqualTo(3 * 64);
		this.table.remove(slots.get(2));
		assertThat(this.file.size()).isEqualTo(64);
		this.table.remove(slots.get(0));
		assertThat(this.file.size()).isZero();
	}

	@Test
	void itIsBounded() throws ErrnoException {
		for (int i = 0; i < WatchdogTable.MOST_SLOTS; i++) {
			this.table.addMember(key(i + 1));
		}
		assertThatThrownBy(() -> this.table.addMember(key(1))).isInstanceOf(ErrnoException.class)
			.hasMessageContaining("65536 lines");
	}

	@Test
	void aLineThatCouldNotBeWrittenLeavesNothingBehind() throws ErrnoException {
		this.table.addMember(key(1));
		this.file.refuseFrom(100);
		assertThatThrownBy(() -> this.table.addMember(key(2))).isInstanceOf(ErrnoException.class);
		assertThat(this.file.size()).isEqualTo(64);
		this.file.refuseFrom(Integer.MAX_VALUE);
		this.table.addMember(key(3));
		assertThat(lines()).containsExactly("1 100 -", "3 300 -");
	}

	private Stream<String> lines() {
		return Arrays.stream(this.file.text().split("\n")).map(String::strip).filter((line) -> !line.isEmpty());
	}

	private static ProcessKey key(int pid) {
		return new ProcessKey(pid, pid * 100L);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

}
