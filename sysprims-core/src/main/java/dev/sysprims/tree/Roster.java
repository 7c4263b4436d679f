package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
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
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/**
 * The members of one tree: found in look after look, never forgotten while the tree is
 * being ended. Confined to the sweeper.
 */
final class Roster {

	private final Surroundings surroundings;

	private final OperatingSystem os;

	private final Sweeper sweeper;

	private final ProcessKey root;

	private final ProcessEntry rootLine;

	private final TableLookup table;

	private final MoversLookup movers;

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

	private boolean rootHasEnded;

	private boolean keepEnded;

	private boolean released;

	private volatile boolean fellBack;

	private volatile boolean doubted;

	private Roster(Surroundings surroundings, ProcessEntry root,
			Function<Supplier<Collection<Member>>, TableLookup> table, @Nullable KernelContainer container,
			Watchdog.Guard guard, boolean owned) {
		this.surroundings = surroundings;
		this.os = surroundings.os();
		this.sweeper = this.os.sweeper();
		this.root = root.key();
		this.rootLine = root;
		this.table = table.apply(this.members::values);
		this.movers = new MoversLookup(this.sweeper, this.table);
		this.container = (container != null) ? new ContainerLookup(this.os, this.root, container, this::living) : null;
		this.guard = guard;
		this.owned = owned;
		this.pins = new Pins(this.os, this.warnings, this::memberEnded);
	}

	/** The tree of a program of ours. */
	static Roster owned(Surroundings surroundings, SpawnedChild child, Watchdog.Guard guard) {
		return new Roster(surroundings, Member.unread(child), (known) -> TableLookup.owned(surroundings, child, known),
				child.container(), guard, true);
	}

	/** The tree of somebody else's process. */
	static Roster foreign(Surroundings surroundings, ProcessEntry root) {
		return new Roster(surroundings, root, (known) -> TableLookup.foreign(surroundings, root, known), null,
				Watchdog.Guard.NONE, false);
	}

	/** Whether the kernel says who is a member. */
	private boolean isContained() {
		return this.container != null && !this.fellBack;
	}

	/** Whether the kernel holds every member: none can leave. Thread-safe. */
	boolean isGuaranteed() {
		return isContained() && !this.doubted;
	}

	/** The kernel does not hold every member, or cannot be asked. */
	private void fallBack(String why) {
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
		this.rootHasEnded = true;
		Member leader = this.members.get(this.root);
		if (leader != null) {
			leader.ended(this.sweeper.nanoTime());
		}
		this.onMemberEnded.run();
	}

	/**
	 * Looks until there is something to tell: living members, or none, as surely as it
	 * can be known. Fails where processes come and go too fast for that.
	 * @param isLate whether there is no time left to look often
	 */
	void survey(BooleanSupplier isLate, Consumer<List<Member>> living, Consumer<SysprimsException> failed) {
		new Survey((seen, blind) -> look(this::update, seen, blind), this::isContained, () -> this.missedAny, isLate,
				living, failed)
			.look();
	}

	/** One look, for somebody else than the one who waits for the ends of members. */
	void peek(Consumer<List<Member>> living, Consumer<SysprimsException> failed) {
		look(this::updateAndTell, living, failed);
	}

	private void look(Function<Sighting, List<Member>> update, Consumer<List<Member>> living,
			Consumer<SysprimsException> failed) {
		boolean contained = isContained();
		lookup().look((sighting) -> {
			List<Member> there = update.apply(sighting);
			if (contained && !sighting.movedOut().isEmpty()) {
				fallBack(TreeWarnings.movedOut(sighting.movedOut()));
			}
			if (sighting.incomplete() != null) {
				failed.accept(sighting.incomplete());
			}
			else {
				living.accept(there);
			}
		}, (reason) -> {
			if (contained) {
				fallBack(TreeWarnings.containerUnreadable(reason));
				look(update, living, failed);
			}
			else {
				rememberRoot();
				failed.accept(reason);
			}
		});
	}

	/** It is a member, whether or not anything can be seen. */
	private void rememberRoot() {
		if (!this.rootHasEnded) {
			this.members.computeIfAbsent(this.root, (key) -> new Member(this.rootLine, FoundBy.LEADER));
		}
	}

	private MemberLookup lookup() {
		return (this.container != null && !this.fellBack) ? this.container : this.table;
	}

	/** Whether the kernel named it as one of those that it holds, in the last look. */
	boolean isHeld(Member member) {
		return this.container != null && this.container.holds(member.key());
	}

	/**
	 * Learns from a table that was read for others.
	 * @return whether it shows a member that was not known, besides the leader
	 */
	boolean learn(ProcessTable table) {
		Sighting sighting = this.table.in(table);
		boolean news = sighting.alive()
			.keySet()
			.stream()
			.anyMatch((entry) -> !entry.key().equals(this.root) && !this.members.containsKey(entry.key()));
		updateAndTell(sighting);
		return news;
	}

	/** A member whose end this shows is not watched any more: it is told here and now. */
	private List<Member> updateAndTell(Sighting sighting) {
		List<Member> lived = living();
		List<Member> living = update(sighting);
		if (lived.stream().anyMatch(Member::hasEnded)) {
			this.onMemberEnded.run();
		}
		return living;
	}

	/** Those of whose end nothing is known. */
	List<Member> living() {
		return this.members.values().stream().filter((member) -> !member.hasEnded()).toList();
	}

	private List<Member> update(Sighting sighting) {
		if (this.released) {
			return living(); // the tree was ended meanwhile, and is reported
		}
		sighting.found()
			.forEach((entry, bond) -> this.members.computeIfAbsent(entry.key(), (key) -> new Member(entry, bond))
				.seen(entry));
		this.missedAny = sighting.missedAny()
				|| (this.fellBack && this.container != null && this.container.isPopulated());
		long now = this.sweeper.nanoTime();
		List<Member> living = new ArrayList<>();
		for (Iterator<Member> all = this.members.values().iterator(); all.hasNext();) {
			Member member = all.next();
			ProcessEntry entry = sighting.line(member.key());
			if (entry == null && !member.hasEnded() && this.surroundings.hides(member.key())) {
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
				if (member.hasJustLeft(this.root.pid())) {
					this.guard.member(member.key());
				}
			}
		}
		return living;
	}

	/**
	 * Looks once for those that moved themselves out of the container, when nobody seems
	 * to be inside. An exiting process populates it no more some time before it is a
	 * zombie: it counts as a member until it is gone, and has not moved.
	 */
	void lookForMovedOut(Consumer<List<Member>> movedOut) {
		if (this.container == null || !isContained()) {
			movedOut.accept(List.of());
			return;
		}
		ContainerLookup inside = this.container;
		this.movers.look(this::update, () -> moved(inside), (reason) -> {
			if (this.released) {
				return List.of();
			}
			this.doubted = true;
			this.warnings.add(TreeWarnings.movedOutUnknown(reason));
			rememberRoot();
			return stillThere(inside);
		}, movedOut);
	}

	private List<Member> moved(ContainerLookup inside) {
		if (this.released) {
			return List.of();
		}
		List<Member> there = stillThere(inside);
		List<Member> outside = there.stream().filter(inside::isOutside).toList();
		if (!outside.isEmpty()) {
			fallBack(TreeWarnings.movedOut(outside));
		}
		return there;
	}

	private List<Member> stillThere(ContainerLookup inside) {
		inside.gone(living()).forEach((member) -> member.ended(this.sweeper.nanoTime()));
		return living();
	}

	/**
	 * A zombie still leads to the session that it was in, and may have to be reaped: it
	 * is forgotten only when it is gone.
	 */
	private boolean isForgotten(Member member, @Nullable ProcessEntry entry) {
		return entry == null || (this.owned && !isRoot(member) && this.surroundings.orphans().reap(entry));
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
			this.container.watch(() -> this.onMemberEnded.run());
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
			this.onMemberEnded.run();
		}
	}

	Collection<Member> members() {
		return this.members.values();
	}

	boolean isRoot(Member member) {
		return member.key().equals(this.root);
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
		if (this.container != null) {
			this.container.unwatch();
		}
		this.onMemberEnded = () -> {
		};
		this.members.values().forEach(this.pins::unwatch);
	}

	/**
	 * When its tree is over and reported: reaps those that have come back to this JVM,
	 * and keeps the others, with whatever they have forked.
	 * @return whether somebody is still there
	 */
	boolean lookAfter(ProcessTable table) {
		Sighting sighting = this.table.in(table);
		this.members.clear();
		sighting.found().forEach((entry, bond) -> {
			if (!entry.key().equals(this.root) && !this.surroundings.orphans().reap(entry)) {
				this.members.put(entry.key(), new Member(entry, bond));
			}
		});
		return !this.members.isEmpty();
	}

}
