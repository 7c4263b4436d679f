package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/**
 * The members of one tree: found by its sources in scan after scan, never forgotten while
 * the tree is being ended. Confined to the sweeper.
 */
final class Roster {

	/**
	 * Watching a member costs a descriptor; a larger tree is looked after by scans, so
	 * that the application keeps its own.
	 */
	private static final int MOST_WATCHED = 64;

	private final OperatingSystem os;

	private final Sweeper sweeper;

	private final ProcessKey root;

	private final List<MemberSource> sources;

	private final Map<ProcessKey, Member> members = new LinkedHashMap<>();

	private final Set<String> warnings = new LinkedHashSet<>();

	private Runnable onMemberEnded = () -> {
	};

	private boolean keepEnded;

	private int watched;

	private boolean released;

	private Roster(OperatingSystem os, ProcessKey root, List<MemberSource> sources) {
		this.os = os;
		this.sweeper = os.sweeper();
		this.root = root;
		this.sources = new ArrayList<>(sources);
		this.sources.add(1, MemberSource.known(this.members::values));
	}

	/** The tree of a program of ours: nobody else can be in its session or group. */
	static Roster owned(OperatingSystem os, ProcessKey root, @Nullable Long pgid) {
		return (pgid != null) ? new Roster(os, root, List.of(MemberSource.root(root), MemberSource.group(pgid),
				MemberSource.sessions(root, true), MemberSource.descent())) : descent(os, root);
	}

	/**
	 * The tree of somebody else's process: its descent, and its group where it leads one.
	 */
	static Roster foreign(OperatingSystem os, ProcessEntry root) {
		return (root.pgid() == root.pid())
				? new Roster(os, root.key(),
						List.of(MemberSource.root(root.key()), MemberSource.group(root.pgid()),
								MemberSource.sessions(root.key(), false), MemberSource.descent()))
				: descent(os, root.key());
	}

	private static Roster descent(OperatingSystem os, ProcessKey root) {
		return new Roster(os, root,
				List.of(MemberSource.root(root), MemberSource.sessions(root, false), MemberSource.descent()));
	}

	/** From now on every member is kept for the report, and the end of each is told. */
	void follow(Runnable onMemberEnded) {
		this.onMemberEnded = onMemberEnded;
		this.keepEnded = true;
	}

	/** The end of the leader, where it comes as an event of its own. */
	void rootEnded() {
		Member leader = this.members.get(this.root);
		if (leader != null) {
			leader.ended(this.sweeper.nanoTime());
		}
		this.onMemberEnded.run();
	}

	/**
	 * Scans until there is something to tell: living members, or none in two scans in a
	 * row. One scan is not a picture of one instant: a process may fork behind the
	 * reader's back and exit in front of it.
	 */
	void survey(Consumer<List<Member>> living, Consumer<SysprimsException> failed) {
		scan((first) -> {
			if (first.isEmpty()) {
				scan(living, failed);
			}
			else {
				living.accept(first);
			}
		}, failed);
	}

	/** One scan: those that live, as far as one scan can tell. */
	void scan(Consumer<List<Member>> living, Consumer<SysprimsException> failed) {
		this.sweeper.scan((table) -> living.accept(update(table)), failed);
	}

	private List<Member> update(ProcessTable table) {
		new MemberSearch(table).run(this.sources)
			.forEach((entry, bond) -> this.members.computeIfAbsent(entry.key(), (key) -> new Member(entry, bond))
				.seen(entry));
		long now = this.sweeper.nanoTime();
		List<Member> living = new ArrayList<>();
		for (Member member : this.members.values()) {
			ProcessEntry entry = table.get(member.key());
			if (entry == null || entry.ended()) {
				member.ended(now);
				unwatch(member);
			}
			else if (!member.hasEnded()) {
				living.add(member);
			}
		}
		if (!this.keepEnded) {
			this.members.values().removeIf(Member::hasEnded);
		}
		return living;
	}

	/**
	 * Watches the ends of these members.
	 * @return whether all of them are watched; else only scans can tell
	 */
	boolean watch(List<Member> living, boolean rootIsWatched) {
		boolean all = true;
		for (Member member : living) {
			if (member.pin() == null && !member.hasEnded() && !(rootIsWatched && member.key().equals(this.root))) {
				if (this.watched < MOST_WATCHED) {
					this.watched++;
					member.pinned(pin(member));
				}
				else {
					all = false;
				}
			}
		}
		return all;
	}

	/**
	 * Runs an action on a pin of the member: the one that watches it, or a passing one.
	 */
	void withPin(Member member, Consumer<PinnedProcess> action) {
		PinnedProcess pin = member.pin();
		if (pin != null) {
			action.accept(pin);
			return;
		}
		try (PinnedProcess passing = this.os.pin(member.key(), (status) -> {
		})) {
			action.accept(passing);
		}
	}

	private PinnedProcess pin(Member member) {
		PinnedProcess pin = this.os.pin(member.key(), (status) -> this.sweeper.execute(() -> memberEnded(member)));
		pin.warning().ifPresent(this.warnings::add);
		return pin;
	}

	private void memberEnded(Member member) {
		// An event that was on its way when the end was declared does not change the
		// report:
		// whoever was there at the last look is named.
		if (!member.hasEnded() && !this.released) {
			member.ended(this.sweeper.nanoTime());
			unwatch(member);
			this.onMemberEnded.run();
		}
	}

	private void unwatch(Member member) {
		PinnedProcess pin = member.pin();
		if (pin != null) {
			pin.close();
			member.pinned(null);
			this.watched--;
		}
	}

	Collection<Member> members() {
		return this.members.values();
	}

	boolean isRoot(Member member) {
		return member.key().equals(this.root);
	}

	void warn(String sentence) {
		this.warnings.add(sentence);
	}

	/** Full sentences of what was weaker than it could be. */
	Set<String> warnings() {
		return this.warnings;
	}

	List<TreeMember> report(Collection<Member> members, long since) {
		long now = this.sweeper.nanoTime();
		return members.stream().map((member) -> member.report(this.os, since, now)).toList();
	}

	/** Lets go of everything that is watched. */
	void release() {
		this.released = true;
		this.onMemberEnded = () -> {
		};
		this.members.values().forEach(this::unwatch);
	}

}
