package dev.sysprims.schedule;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import org.jspecify.annotations.Nullable;

/**
 * Which true members of a job its tree could see, by the tables that were given to it and
 * the bonds that the session tier has: a line in the leader's group or session, or of one
 * that lives and carries the job's marker or a pipe; below, or in one session with, a
 * line that is in sight; or in sight once before. Written from the true members, not from
 * the policy, so that it cannot make the policy's mistakes.
 */
final class Sight {

	private final long root;

	private final List<Actor> members;

	private final Set<ProcessKey> seen = new HashSet<>();

	/** Those that could be told from strangers, too. */
	private final Set<ProcessKey> sure = new HashSet<>();

	private @Nullable Set<ProcessKey> decided;

	private boolean closed;

	private @Nullable ProcessTable last;

	private @Nullable ProcessTable beforeLast;

	Sight(long root, List<Actor> members) {
		this.root = root;
		this.members = members;
	}

	/** It has been decided what is said of the tree. */
	void decided() {
		if (this.decided == null) {
			this.decided = Set.copyOf(this.seen);
		}
	}

	/**
	 * Looks at a table. When the leader was given up its number says nothing any more,
	 * and the tree is followed only while somebody seen is still there.
	 */
	void shown(ProcessTable table, boolean linesReadable) {
		this.closed |= this.decided != null && this.seen.stream().allMatch((key) -> table.get(key) == null);
		if (!this.closed) {
			this.beforeLast = this.last;
			this.last = table;
			look(table, this.seen);
			if (linesReadable) {
				look(table, this.sure);
			}
		}
	}

	private void look(ProcessTable table, Set<ProcessKey> known) {
		Set<Long> parents = new HashSet<>();
		Set<Long> sessions = new HashSet<>();
		for (Actor member : this.members) {
			ProcessEntry entry = table.get(member.key());
			if (entry != null && known.contains(member.key())) {
				parents.add(entry.pid());
				sessions.add(entry.sid());
			}
		}
		if (this.decided == null) {
			sessions.add(this.root);
		}
		boolean more = true;
		while (more) {
			more = false;
			for (Actor member : this.members) {
				ProcessEntry entry = known.contains(member.key()) ? null : table.get(member.key());
				if (entry != null && ((!entry.ended() && member.isAlive() && member.carries())
						|| parents.contains(entry.ppid()) || sessions.contains(entry.sid()))) {
					known.add(entry.key());
					parents.add(entry.pid());
					sessions.add(entry.sid());
					more = true;
				}
			}
		}
	}

	/** Whether a table showed it with a bond, while single processes could be read. */
	boolean isSurelyInSight(Actor member) {
		return this.sure.contains(member.key());
	}

	/** Whether a table showed it with a bond before everything was decided. */
	boolean wasInSight(Actor member) {
		return ((this.decided != null) ? this.decided : this.seen).contains(member.key());
	}

	/** Whether the last table has a line of it, so that a bond could be seen. */
	boolean wasThereAtTheLastScan(Actor member) {
		return this.last != null && this.last.get(member.key()) != null;
	}

	/**
	 * Whether two scans in a row could not find it: it was born after the last one had
	 * listed the numbers, by a parent that was born after the one before had.
	 */
	boolean ranAheadOfTwoScans(Actor member) {
		Actor parent = member.parent();
		return !wasThereAtTheLastScan(member) && this.beforeLast != null && parent != null
				&& this.beforeLast.get(parent.key()) == null;
	}

	/** Whether its parent could have led to it, whatever a table shows. */
	boolean hadParentInSight(Actor member) {
		Actor parent = member.parent();
		return parent != null && (wasInSight(parent) || hasLastingBond(parent));
	}

	/** Whether every table that has its line shows a bond. */
	boolean hasLastingBond(Actor member) {
		return member.carries() || member.process().sid() == this.root || member.process().pgid() == this.root;
	}

}
