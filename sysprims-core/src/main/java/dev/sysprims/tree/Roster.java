package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.Watchdog;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/**
 * The members of one tree: found in look after look, never forgotten while the tree is
 * being ended. Confined to the sweeper.
 */
final class Roster {

	private static final int EMPTY_LOOKS = 2;

	/** So that the coming and going of strangers cannot hold up the end of a tree. */
	private static final int MOST_LOOKS = 20;

	private final Surroundings surroundings;

	private final OperatingSystem os;

	private final Sweeper sweeper;

	private final ProcessKey root;

	private final TableLookup table;

	private final @Nullable ContainerLookup container;

	private final Watchdog.Guard guard;

	private final boolean owned;

	private final Map<ProcessKey, Member> members = new LinkedHashMap<>();

	private final Set<String> warnings = new LinkedHashSet<>();

	private final Pins pins;

	private Runnable onMemberEnded = () -> {
	};

	/** In the last look. */
	private boolean missedAny;

	private boolean keepEnded;

	private boolean released;

	private Runnable unwatchContainer = () -> {
	};

	private boolean containerWatched;

	private volatile boolean fellBack;

	private Roster(Surroundings surroundings, ProcessKey root,
			Function<Supplier<Collection<Member>>, TableLookup> table, @Nullable KernelContainer container,
			Watchdog.Guard guard, boolean owned) {
		this.surroundings = surroundings;
		this.os = surroundings.os();
		this.sweeper = this.os.sweeper();
		this.root = root;
		this.table = table.apply(this.members::values);
		this.container = (container != null) ? new ContainerLookup(this.os, root, container) : null;
		this.guard = guard;
		this.owned = owned;
		this.pins = new Pins(this.os, this.warnings, this::memberEnded);
	}

	/** The tree of a program of ours. */
	static Roster owned(Surroundings surroundings, SpawnedChild child, Watchdog.Guard guard) {
		return new Roster(surroundings, child.key(), (known) -> TableLookup.owned(surroundings, child, known),
				child.container(), guard, true);
	}

	/** The tree of somebody else's process. */
	static Roster foreign(Surroundings surroundings, ProcessEntry root) {
		return new Roster(surroundings, root.key(), (known) -> TableLookup.foreign(surroundings, root, known), null,
				Watchdog.Guard.NONE, false);
	}

	/** Whether the kernel holds every member: none can leave. Thread-safe. */
	boolean isContained() {
		return this.container != null && !this.fellBack;
	}

	/** The kernel does not hold every member, or cannot be asked. */
	void fallBack(String why) {
		this.fellBack = true;
		this.warnings.add(why);
	}

	/** From now on the end of a watched member is told. */
	void follow(Runnable onMemberEnded) {
		this.onMemberEnded = onMemberEnded;
	}

	/** From now on every member is kept for the report. */
	void keepEnded() {
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
	 * Looks until there is something to tell: living members, or none, as surely as it
	 * can be known: where one look is no proof, two that missed nobody.
	 */
	void survey(Consumer<List<Member>> living, Consumer<SysprimsException> failed) {
		survey(EMPTY_LOOKS, MOST_LOOKS, living, failed);
	}

	private void survey(int emptyOnes, int looks, Consumer<List<Member>> living, Consumer<SysprimsException> failed) {
		scan((seen) -> {
			int wanted = this.missedAny ? emptyOnes : emptyOnes - 1;
			if (!seen.isEmpty() || lookup().isConclusive() || wanted == 0 || looks == 1) {
				living.accept(seen);
			}
			else {
				survey(wanted, looks - 1, living, failed);
			}
		}, failed);
	}

	/** One look: those that live, as far as one look can tell. */
	void scan(Consumer<List<Member>> living, Consumer<SysprimsException> failed) {
		boolean contained = isContained();
		lookup().look((sighting) -> living.accept(update(sighting)), (reason) -> {
			if (contained) {
				fallBack(TreeWarnings.containerUnreadable(reason));
				scan(living, failed);
			}
			else {
				failed.accept(reason);
			}
		});
	}

	private MemberLookup lookup() {
		return (this.container != null && !this.fellBack) ? this.container : this.table;
	}

	/**
	 * Learns from a table that was read while the tree lives.
	 * @return whether it shows a member that was not known, besides the leader
	 */
	boolean learn(ProcessTable table) {
		Sighting sighting = this.table.in(table);
		boolean news = sighting.found()
			.keySet()
			.stream()
			.anyMatch((entry) -> !entry.ended() && !entry.key().equals(this.root)
					&& !this.members.containsKey(entry.key()));
		update(sighting);
		return news;
	}

	private List<Member> update(Sighting sighting) {
		sighting.found()
			.forEach((entry, bond) -> this.members.computeIfAbsent(entry.key(), (key) -> new Member(entry, bond))
				.seen(entry));
		this.missedAny = sighting.missedAny();
		long now = this.sweeper.nanoTime();
		List<Member> living = new ArrayList<>();
		for (Iterator<Member> all = this.members.values().iterator(); all.hasNext();) {
			Member member = all.next();
			ProcessEntry entry = sighting.line(member.key());
			if (entry == null && !member.hasEnded() && isHidden(member)) {
				living.add(member);
			}
			else if (entry == null || entry.ended()) {
				member.ended(now);
				this.pins.unwatch(member);
				if (isForgotten(member, entry) && !this.keepEnded) {
					all.remove();
				}
			}
			else if (!member.hasEnded()) {
				living.add(member);
				guard(member);
			}
		}
		return living;
	}

	/**
	 * Whether it is in no table and yet not gone, as far as can be told: on a hidepid
	 * mount ({@code proc(5)}) whoever changes its user vanishes from sight.
	 */
	private boolean isHidden(Member member) {
		try {
			this.os.entry(member.key().pid());
			return false;
		}
		catch (SysprimsException ex) {
			return true;
		}
	}

	/**
	 * The container is empty: looks once for those that moved themselves out of it. An
	 * exiting process populates it no more some time before it is a zombie, so whoever is
	 * seen must still be there in a second look, and counts as a member until it is not.
	 */
	void lookForMovedOut(Consumer<List<Member>> movedOut) {
		ContainerLookup held = this.container;
		if (held == null || this.fellBack) {
			movedOut.accept(List.of());
			return;
		}
		Consumer<SysprimsException> failed = (reason) -> {
			fallBack(TreeWarnings.movedOutUnknown(reason));
			movedOut.accept(List.of());
		};
		this.table.look((first) -> {
			reapAdopted(first);
			if (first.sawNobodyAlive()) {
				movedOut.accept(List.of());
				return;
			}
			this.sweeper.schedule(this.sweeper.nanoTime() + RescanInterval.SHORTEST.toNanos(),
					() -> this.table.look((second) -> movedOut.accept(found(second, held)), failed));
		}, failed);
	}

	private List<Member> found(Sighting movedOut, ContainerLookup held) {
		movedOut.found()
			.keySet()
			.stream()
			.filter((entry) -> !entry.ended())
			.map((entry) -> this.members.get(entry.key()))
			.filter(Objects::nonNull)
			.forEach(Member::cameBack);
		List<Member> living = update(movedOut);
		List<Member> outside = living.stream().filter(held::isOutside).toList();
		if (!outside.isEmpty()) {
			fallBack(TreeWarnings.movedOut(outside));
		}
		return living;
	}

	private void reapAdopted(Sighting sighting) {
		if (this.owned) {
			sighting.found()
				.keySet()
				.stream()
				.filter((entry) -> !entry.key().equals(this.root))
				.forEach(this.surroundings.orphans()::reap);
		}
	}

	/**
	 * Before the leader is reaped, whose number holds the session together: the zombies
	 * of a tree that no table was read for are looked for in one, if they are ours.
	 */
	void reapOrphans(Runnable then) {
		if (isContained() && this.surroundings.orphans().areOurs()) {
			this.surroundings.scan((table) -> {
				reapAdopted(this.table.in(table));
				this.surroundings.orphans().lookAfter(table);
				then.run();
			}, (reason) -> then.run());
		}
		else {
			then.run();
		}
	}

	/** A zombie that this JVM will have to reap is not forgotten before that. */
	private boolean isForgotten(Member member, @Nullable ProcessEntry entry) {
		if (entry == null || !this.owned || isRoot(member)) {
			return true;
		}
		return this.surroundings.orphans().reap(entry) || !this.surroundings.orphans().areOurs();
	}

	private void guard(Member member) {
		long leader = this.root.pid();
		boolean escaped = member.entry().pgid() != leader && member.entry().sid() != leader;
		if (escaped && member.noteEscape()) {
			this.guard.member(member.key());
		}
	}

	/**
	 * Watches the ends of these members.
	 * @return whether an event will tell when there is something new; else only scans can
	 */
	boolean watch(List<Member> living, boolean rootIsWatched) {
		boolean all = true;
		for (Member member : living) {
			if (!(rootIsWatched && isRoot(member))) {
				all &= this.pins.watch(member);
			}
		}
		if (this.container != null && isContained()) {
			if (!this.containerWatched) {
				this.containerWatched = true;
				this.unwatchContainer = this.container
					.watch(() -> this.sweeper.execute(() -> this.onMemberEnded.run()));
			}
			return true;
		}
		return all;
	}

	/**
	 * Runs an action on a pin of the member: the one that watches it, or a passing one.
	 */
	void withPin(Member member, Consumer<PinnedProcess> action) {
		this.pins.with(member, action);
	}

	private void memberEnded(Member member) {
		// An event that was on its way when the end was declared does not change the
		// report: whoever was there at the last look is named.
		if (!member.hasEnded() && !this.released) {
			member.ended(this.sweeper.nanoTime());
			this.pins.unwatch(member);
			if (this.owned && !isRoot(member)) {
				this.surroundings.orphans().exited(member.entry());
			}
			this.onMemberEnded.run();
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
		this.unwatchContainer.run();
		this.onMemberEnded = () -> {
		};
		this.members.values().forEach(this.pins::unwatch);
		if (this.owned) {
			this.surroundings.orphans()
				.takeOver(this.members.values().stream().filter((member) -> !isRoot(member)).map(Member::entry));
		}
	}

}
