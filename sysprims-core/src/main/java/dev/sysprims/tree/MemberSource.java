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
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SysprimsException;

/**
 * One bond by which processes belong to a tree. Asked again until no source finds more.
 */
interface MemberSource {

	/** Later than any process starts. */
	long NEVER = Long.MAX_VALUE;

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
	static MemberSource group(OperatingSystem os, long pgid) {
		return (search) -> {
			List<ProcessEntry> holders = search.soFar().stream().filter((entry) -> entry.pgid() == pgid).toList();
			addUnlessPassedOn(search, os, pgid, holders, search.table().inGroup(pgid), FoundBy.GROUP);
		};
	}

	/**
	 * The sessions that members lead. Nobody can join a session, it is only inherited by
	 * fork, so whoever is in it descends from the member that made it, even when every
	 * process between them is gone ({@code setsid(2)}).
	 */
	static MemberSource sessions(OperatingSystem os, ProcessKey root, boolean rootSession) {
		return new LedSessions(os, root, rootSession);
	}

	/**
	 * The children of members. A child is not older than its parent: an older one had
	 * another parent of that number when its line was read.
	 */
	static MemberSource descent(OperatingSystem os) {
		return (search) -> {
			for (ProcessEntry parent : search.soFar()) {
				List<ProcessEntry> children = search.table()
					.childrenOf(parent.pid())
					.stream()
					.filter((child) -> child.key().start() >= parent.key().start())
					.toList();
				addUnlessPassedOn(search, os, parent.pid(), List.of(parent), children, FoundBy.DESCENT);
			}
		};
	}

	/**
	 * Lines are read one after the other: between those of the members who held a number
	 * as parent, group or session and those of the candidates they may have ended, and
	 * the number may have passed to a stranger, whose children are nobody of ours.
	 * Whoever has it now would be younger than all of them; and nobody can be the child
	 * of a younger process or in its session, though a group can be joined
	 * ({@code setpgid(2)}).
	 */
	private static void addUnlessPassedOn(MemberSearch search, OperatingSystem os, long number,
			List<ProcessEntry> holders, List<ProcessEntry> candidates, FoundBy bond) {
		List<ProcessEntry> fresh = candidates.stream().filter((candidate) -> !search.has(candidate)).toList();
		if (holders.isEmpty() || fresh.isEmpty()) {
			return;
		}
		try {
			long passedOn = search.isPinned(number) ? NEVER : passedOn(os, number, holders);
			for (ProcessEntry candidate : fresh) {
				if ((bond == FoundBy.GROUP) ? passedOn == NEVER : candidate.key().start() < passedOn) {
					search.add(candidate, bond);
				}
				else {
					search.turnDown(candidate);
				}
			}
		}
		catch (SysprimsException ex) {
			search.leaveOut(fresh, ex);
		}
	}

	/** When the number was given to somebody younger than all these. */
	private static long passedOn(OperatingSystem os, long number, List<ProcessEntry> holders) {
		try {
			ProcessEntry now = os.entry(number);
			return (now != null && holders.stream().allMatch((holder) -> holder.key().start() < now.key().start()))
					? now.key().start() : NEVER;
		}
		catch (PermissionDeniedException ex) {
			return NEVER; // hidden, as it was not a moment ago: it changed its user
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

		private final OperatingSystem os;

		private final ProcessKey root;

		private final boolean rootSession;

		private final Set<Long> led = new HashSet<>();

		private LedSessions(OperatingSystem os, ProcessKey root, boolean rootSession) {
			this.os = os;
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
				List<ProcessEntry> session = search.table().inSession(sid);
				// A carrier may have been started by somebody else on behalf of a member,
				// in a session that is older than the tree.
				if (session.stream().noneMatch((entry) -> entry.key().start() < this.root.start())) {
					List<ProcessEntry> holders = session.stream().filter(search::has).toList();
					addUnlessPassedOn(search, this.os, sid, holders, session, FoundBy.SESSION);
				}
			}
		}

	}

}
