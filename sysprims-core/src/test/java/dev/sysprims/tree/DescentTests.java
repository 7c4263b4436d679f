package dev.sysprims.tree;

import java.util.List;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of a table are read one after the other, and numbers pass on meanwhile. */
class DescentTests {

	private final SimulatedSystem system = new SimulatedSystem(1);

	private final SimulatedProcess parent = this.system.stranger();

	private final SimulatedProcess child = this.parent.fork();

	@Test
	void aChildOfAMemberIsAMember() {
		assertThat(found(this.parent.key())).containsExactly(this.parent.pid(), this.child.pid());
	}

	@Test
	void aChildOfWhoeverHasTheNumberNowIsNone() {
		ProcessKey before = new ProcessKey(this.parent.pid(), this.parent.key().start() - 1);
		assertThat(found(before)).containsExactly(this.parent.pid());
	}

	/** The parent's line was read when this process had its number. */
	private List<Long> found(ProcessKey parentWhenRead) {
		ProcessTable table = new ProcessTable(
				List.of(line(parentWhenRead, 1), line(this.child.key(), parentWhenRead.pid())));
		return new MemberSearch(table)
			.run(List.of(MemberSource.root(parentWhenRead), MemberSource.descent(this.system)))
			.keySet()
			.stream()
			.map(ProcessEntry::pid)
			.toList();
	}

	private static ProcessEntry line(ProcessKey key, long ppid) {
		return new ProcessEntry(key, ppid, key.pid(), key.pid(), false, "sim");
	}

}
