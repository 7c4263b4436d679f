package dev.sysprims.tree;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.SysprimsException;

/**
 * One bond by which processes belong to a tree. Asked again until no source finds more.
 */
interface MemberSource {

	void search(MemberSearch search);

	/** The root itself. */
	static MemberSource root(ProcessKey root) {
		return (search) -> search.add(search.table().get(root), FoundBy.LEADER);
	}

	/** Those that were members in an earlier scan, wherever they have gone since. */
	static MemberSource known(Supplier<Collection<Member>> known) {
		return (search) -> known.get()
			.forEach((member) -> search.add(search.table().get(member.key()), member.foundBy()));
	}

	/**
	 * The process group that the root leads. Its number stays taken while anybody is in
	 * the group, so it counts while the root or a known member is seen in it.
	 */
	static MemberSource group(long pgid) {
		return (search) -> {
			if (search.soFar().stream().anyMatch((entry) -> entry.pgid() == pgid)) {
				search.table().inGroup(pgid).forEach((entry) -> search.add(entry, FoundBy.GROUP));
			}
		};
	}

	/**
	 * The sessions that members lead. Nobody can join a session, it is only inherited by
	 * fork, so whoever is in it descends from the member that made it, even when every
	 * process between them is gone ({@code setsid(2)}).
	 */
	static MemberSource sessions(ProcessKey root, boolean rootSession) {
		return new LedSessions(root, rootSession);
	}

	/**
	 * The children of members. A child is not older than its parent: an older one had
	 * another parent of that number when its line was read.
	 * @param os asked whether a parent still has its number: lines are read one after the
	 * other, and between that of a parent that ended and those of its children the number
	 * may have passed to a stranger, whose children are nobody of ours
	 */
	static MemberSource descent(OperatingSystem os) {
		return (search) -> {
			for (ProcessEntry parent : search.soFar()) {
				List<ProcessEntry> fresh = search.table()
					.childrenOf(parent.pid())
					.stream()
					.filter((child) -> child.key().start() >= parent.key().start() && !search.has(child))
					.toList();
				if (!fresh.isEmpty() && !hasPassedOn(os, parent)) {
					fresh.forEach((child) -> search.add(child, FoundBy.DESCENT));
				}
			}
		};
	}

	private static boolean hasPassedOn(OperatingSystem os, ProcessEntry parent) {
		try {
			ProcessEntry now = os.entry(parent.pid());
			return now != null && !now.key().equals(parent.key());
		}
		catch (SysprimsException ex) {
			return false; // hidden from us, as it was not a moment ago: it is not ours to
							// know
		}
	}

	/**
	 * Those that carry something that only the tree was given, however far they have gone
	 * ({@code environ} and {@code fd} in {@code proc(5)}).
	 */
	static MemberSource carriers(Carried carried, String token, ProcessKey root, FoundBy bond) {
		return (search) -> carried.carriersOf(token, search.table(), root.start())
			.forEach((entry) -> search.add(entry, bond));
	}

	/** Those that the kernel holds for the tree, as far as it can be read. */
	static MemberSource container(KernelContainer container) {
		return (search) -> {
			try {
				container.members()
					.forEach((member) -> search.add(search.table().get(member.key()), FoundBy.CONTAINER));
			}
			catch (SysprimsException ex) {
				// That it cannot be read was said when the tree fell back to this.
			}
		};
	}

	/**
	 * Remembers which sessions were made by members: their makers may be gone while the
	 * session lives.
	 */
	final class LedSessions implements MemberSource {

		private final ProcessKey root;

		private final boolean rootSession;

		private final Set<Long> led = new HashSet<>();

		private LedSessions(ProcessKey root, boolean rootSession) {
			this.root = root;
			this.rootSession = rootSession;
		}

		@Override
		public void search(MemberSearch search) {
			for (ProcessEntry entry : search.soFar()) {
				// Where the root made its own session, members made all others that
				// members are in, whether or not the maker was ever seen.
				boolean counts = this.rootSession ? entry.sid() > 0
						: !entry.key().equals(this.root) && entry.sid() == entry.pid();
				if (counts) {
					this.led.add(entry.sid());
				}
			}
			// A number without a member in it may be given to somebody else at any time.
			this.led.retainAll(search.sessions());
			for (long sid : this.led) {
				search.table().inSession(sid).forEach((entry) -> search.add(entry, FoundBy.SESSION));
			}
		}

	}

}
