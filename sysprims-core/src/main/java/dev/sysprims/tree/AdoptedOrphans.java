package dev.sysprims.tree;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.SysprimsException;

/**
 * Reaps the zombies that trees of ours leave to this JVM where it adopts orphans
 * ({@code PR_SET_CHILD_SUBREAPER}, or as PID 1), and everywhere those of members that
 * became its children by {@code clone(CLONE_PARENT)}. Only members of trees of ours are
 * ever given here: other children of this JVM have somebody else who waits for them.
 * Confined to the sweeper.
 */
final class AdoptedOrphans {

	private final OperatingSystem os;

	/** Of trees that are over: what is still to come back of them. */
	private final Set<Roster> outliving = new HashSet<>();

	/** Zombies of this JVM that were judged: each is asked about until that is known. */
	private final Set<ProcessKey> judged = new HashSet<>();

	AdoptedOrphans(OperatingSystem os) {
		this.os = os;
	}

	boolean areOurs() {
		return this.os.adoptsOrphans();
	}

	/**
	 * Reaps a member if it is a zombie of this JVM.
	 * @return whether it was one, and need not be given here again
	 */
	boolean reap(ProcessEntry member) {
		return member.ended() && member.ppid() == Targets.SELF && reap(member.key());
	}

	private boolean reap(ProcessKey zombie) {
		try {
			this.os.reapOrphan(zombie);
			return true;
		}
		catch (SysprimsException ex) {
			return false; // it cannot be looked at just now
		}
	}

	/** Its tree is over and reported: from now on nobody else looks after its members. */
	void takeOver(Roster roster) {
		if (areOurs() || roster.members().stream().anyMatch((member) -> isOurs(member) && !roster.isRoot(member))) {
			this.outliving.add(roster);
		}
	}

	private static boolean isOurs(Member member) {
		return member.entry().ppid() == Targets.SELF;
	}

	boolean areAwaited() {
		return !this.outliving.isEmpty();
	}

	void lookAfter(ProcessTable table) {
		this.outliving.removeIf((roster) -> !roster.lookAfter(table));
		reapContained(table);
	}

	/**
	 * Those that nobody saw alive and nothing binds to a tree any more, like a child that
	 * began a session of its own and ended before its parent, who did not wait for it.
	 */
	void reapContained(ProcessTable table) {
		Set<ProcessKey> zombies = table.childrenOf(Targets.SELF)
			.stream()
			.filter(ProcessEntry::ended)
			.map(ProcessEntry::key)
			.collect(Collectors.toSet());
		this.judged.retainAll(zombies);
		zombies.stream().filter((zombie) -> !this.judged.contains(zombie) && judge(zombie)).forEach(this.judged::add);
	}

	private boolean judge(ProcessKey zombie) {
		try {
			return !this.os.wasContained(zombie) || reap(zombie);
		}
		catch (SysprimsException ex) {
			return false;
		}
	}

}
