package dev.sysprims.tree;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.sysprims.os.JobMarker;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.SysprimsException;

/**
 * What the trees of this JVM share: their scans, and what is known of single processes.
 * Confined to the sweeper, but for {@link #ledger()}.
 */
final class Surroundings {

	private final OperatingSystem os;

	private final Supplier<Collection<SupervisedTree>> trees;

	private final Carried markers;

	private final Carried pipes;

	private final AdoptedOrphans orphans;

	private final Ledger ledger;

	/**
	 * What they share.
	 * @param trees those that live
	 * @param isRoot whether a child of this JVM is the program of one of them
	 */
	Surroundings(OperatingSystem os, Supplier<Collection<SupervisedTree>> trees, LongPredicate isRoot) {
		this.os = os;
		this.trees = trees;
		// Of those that this JVM adopts the zombies stay, where nobody reaps them.
		Predicate<ProcessEntry> isOrphan = (zombie) -> zombie.ppid() == Targets.SELF && !isRoot.test(zombie.pid());
		this.markers = new Carried((key) -> markersOf(os, key), (key) -> isThere(os, key), isOrphan);
		this.pipes = new Carried(os::pipesOf, (key) -> isThere(os, key), isOrphan);
		this.orphans = new AdoptedOrphans(os);
		this.ledger = new Ledger(os.sweeper(), this::write);
	}

	private static List<String> markersOf(OperatingSystem os, ProcessKey key) {
		String value = os.markerOf(key);
		return (value != null) ? JobMarker.markersIn(value) : List.of();
	}

	private static boolean isThere(OperatingSystem os, ProcessKey key) {
		try {
			ProcessEntry now = os.entry(key.pid());
			return now != null && now.key().equals(key) && !now.ended();
		}
		catch (SysprimsException ex) {
			return true; // hidden from us
		}
	}

	/**
	 * Whether a process that is in no table is not gone, as far as can be told: on a
	 * hidepid mount ({@code proc(5)}) whoever changes its user vanishes from sight.
	 */
	boolean hides(ProcessKey key) {
		try {
			this.os.entry(key.pid());
			return false;
		}
		catch (SysprimsException ex) {
			return true;
		}
	}

	private boolean write(ProcessTable table) {
		boolean news = false;
		for (SupervisedTree tree : this.trees.get()) {
			news |= tree.look(table);
		}
		this.orphans.lookAfter(table);
		if (this.orphans.areAwaited()) {
			this.ledger.goOn();
		}
		forgetUnlessAsked();
		return news;
	}

	/** Reads the process table; all trees learn from it what they can. */
	void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
		this.os.sweeper().scan((table) -> {
			reader.accept(table);
			if (this.orphans.areOurs()) {
				this.orphans.reapContained(table);
			}
			this.ledger.offer(table);
		}, failed);
	}

	/** A tree is over and reported that was followed or not. */
	void treeIsOver(Roster roster, boolean wasFollowed) {
		this.orphans.takeOver(roster);
		if (wasFollowed) {
			this.ledger.unfollow(this.orphans.areAwaited());
		}
		else if (this.orphans.areAwaited()) {
			this.ledger.goOn();
		}
		forgetUnlessAsked();
	}

	private void forgetUnlessAsked() {
		if (this.trees.get().isEmpty() && !this.orphans.areAwaited()) {
			this.markers.forget();
			this.pipes.forget();
		}
	}

	OperatingSystem os() {
		return this.os;
	}

	Carried markers() {
		return this.markers;
	}

	Carried pipes() {
		return this.pipes;
	}

	/** Whether the last look missed somebody who started then or later. */
	boolean hasMissedAny(long from) {
		return this.markers.hasMissedAny(from) || this.pipes.hasMissedAny(from);
	}

	AdoptedOrphans orphans() {
		return this.orphans;
	}

	Ledger ledger() {
		return this.ledger;
	}

}
