package dev.sysprims.tree;

import java.util.List;

import dev.sysprims.fixture.ForwardingSystem;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Lines of a table are read one after the other, and numbers pass on meanwhile. */
class DescentTests {

	private static final int EARLIER = 5;

	private final SimulatedSystem system = new SimulatedSystem(1);

	private final SimulatedProcess parent = this.system.stranger();

	private final SimulatedProcess child = this.parent.fork();

	private final ProcessKey parentBefore = new ProcessKey(this.parent.pid(), this.parent.key().start() - EARLIER);

	@Test
	void aChildOfAMemberIsAMember() {
		assertThat(found(search(this.parent.key(), this.child.key()), this.parent.key()))
			.containsExactly(this.parent.pid(), this.child.pid());
	}

	@Test
	void aChildOfWhoeverHasTheNumberNowIsNone() {
		assertThat(found(search(this.parentBefore, this.child.key()), this.parentBefore))
			.containsExactly(this.parent.pid());
	}

	@Test
	void aChildThatIsOlderThanWhoeverHasTheNumberNowIsAMember() {
		ProcessKey older = new ProcessKey(this.child.pid(), this.parent.key().start() - 1);
		assertThat(found(search(this.parentBefore, older), this.parentBefore)).containsExactly(this.parent.pid(),
				this.child.pid());
	}

	@Test
	void aChildOfAMemberThatHasJustBeenHiddenIsAMember() {
		MemberSearch search = search(this.parent.key(), this.child.key());
		search.run(sources(this.parent.key(), refusing(new PermissionDeniedException("Hidden, for this test."))));
		assertThat(search.soFar()).extracting(ProcessEntry::pid).containsExactly(this.parent.pid(), this.child.pid());
		assertThat(search.leftOut()).isEmpty();
	}

	@Test
	void whereItCannotBeAskedWhoHasTheNumberTheChildIsLeftOutWithTheReason() {
		MemberSearch search = search(this.parent.key(), this.child.key());
		SysprimsException reason = new SysprimsException(ErrorKind.SYSTEM, "EMFILE, for this test.");
		search.run(sources(this.parent.key(), refusing(reason)));
		assertThat(search.soFar()).extracting(ProcessEntry::pid).containsExactly(this.parent.pid());
		assertThat(search.leftOut().values()).containsExactly(reason);
	}

	@Test
	void aChildOfOneWhoseNumberCannotPassOnIsAMemberUnasked() {
		SysprimsException reason = new SysprimsException(ErrorKind.SYSTEM, "EMFILE, for this test.");
		MemberSearch search = search(this.parent.key(), this.child.key(), this.parent.key());
		search.run(sources(this.parent.key(), refusing(reason)));
		assertThat(search.soFar()).extracting(ProcessEntry::pid).containsExactly(this.parent.pid(), this.child.pid());
		assertThat(search.leftOut()).isEmpty();
	}

	@Test
	void whomAnotherBondLedToIsNotLeftOut() {
		MemberSearch search = search(this.parent.key(), this.child.key());
		SysprimsException reason = new SysprimsException(ErrorKind.SYSTEM, "EMFILE, for this test.");
		MemberSource marker = (to) -> to.add(to.table().get(this.child.key()), FoundBy.MARKER);
		search.run(List.of(MemberSource.root(this.parent.key()), MemberSource.descent(refusing(reason)), marker));
		assertThat(search.soFar()).extracting(ProcessEntry::pid).containsExactly(this.parent.pid(), this.child.pid());
		assertThat(search.leftOut()).isEmpty();
	}

	private List<Long> found(MemberSearch search, ProcessKey root) {
		return search.run(sources(root, this.system)).keySet().stream().map(ProcessEntry::pid).toList();
	}

	private static List<MemberSource> sources(ProcessKey root, OperatingSystem os) {
		return List.of(MemberSource.root(root), MemberSource.descent(os));
	}

	private static MemberSearch search(ProcessKey parent, ProcessKey child) {
		return search(parent, child, null);
	}

	private static MemberSearch search(ProcessKey parent, ProcessKey child, @Nullable ProcessKey pinned) {
		return new MemberSearch(new ProcessTable(List.of(line(parent, 1), line(child, parent.pid()))), pinned);
	}

	private static ProcessEntry line(ProcessKey key, long ppid) {
		return new ProcessEntry(key, ppid, key.pid(), key.pid(), false, "sim");
	}

	/** No single process can be read any more. */
	private OperatingSystem refusing(SysprimsException reason) {
		return new ForwardingSystem(this.system) {

			@Override
			public @Nullable ProcessEntry entry(long pid) {
				throw reason;
			}

		};
	}

}
