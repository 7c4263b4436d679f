package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * The members of one tree in one process table, as they are found. This JVM, its
 * ancestors and PID 1 can never become members, whatever a source says.
 */
final class MemberSearch {

	private final ProcessTable table;

	private final @Nullable ProcessKey pinned;

	private final Set<Long> untouchable;

	private final Map<ProcessEntry, FoundBy> found = new LinkedHashMap<>();

	private final Map<ProcessEntry, SysprimsException> leftOut = new HashMap<>();

	private final Set<ProcessEntry> turnedDown = new HashSet<>();

	private @Nullable SysprimsException incomplete;

	/**
	 * A search.
	 * @param table where to look
	 * @param pinned whose number cannot pass on while it is in a table: it is a child of
	 * ours that nobody but the sweeper reaps; or null
	 */
	MemberSearch(ProcessTable table, @Nullable ProcessKey pinned) {
		this.table = table;
		this.pinned = (pinned != null && table.get(pinned) != null) ? pinned : null;
		this.untouchable = Targets.ownLine(table::get);
	}

	ProcessTable table() {
		return this.table;
	}

	void add(@Nullable ProcessEntry entry, FoundBy bond) {
		if (entry != null && !this.untouchable.contains(entry.pid())) {
			this.found.putIfAbsent(entry, bond);
		}
	}

	boolean isPinned(long number) {
		return this.pinned != null && this.pinned.pid() == number;
	}

	/** For this reason it cannot be told by this bond whether they are members. */
	void leaveOut(List<ProcessEntry> candidates, SysprimsException reason) {
		candidates.forEach((candidate) -> this.leftOut.put(candidate, reason));
	}

	/** By this bond it is none. */
	void turnDown(ProcessEntry candidate) {
		this.turnedDown.add(candidate);
	}

	/** Those of whom it could not be told, and why, unless another bond led to them. */
	Map<ProcessEntry, SysprimsException> leftOut() {
		Map<ProcessEntry, SysprimsException> leftOut = new HashMap<>(this.leftOut);
		leftOut.keySet().removeAll(this.found.keySet());
		return leftOut;
	}

	Set<ProcessEntry> turnedDown() {
		return this.turnedDown;
	}

	boolean has(ProcessEntry entry) {
		return this.found.containsKey(entry);
	}

	/** What has been found so far, as a copy that a source may walk while it adds. */
	List<ProcessEntry> soFar() {
		return new ArrayList<>(this.found.keySet());
	}

	/**
	 * Asks the sources until none of them finds more: a descendant may lead a session
	 * that holds others. One that cannot look closer just now, as without a free
	 * descriptor, makes the search incomplete.
	 */
	Map<ProcessEntry, FoundBy> run(List<MemberSource> sources) {
		int before;
		do {
			before = this.found.size();
			sources.forEach(this::ask);
		}
		while (this.found.size() > before);
		return this.found;
	}

	private void ask(MemberSource source) {
		try {
			source.search(this);
		}
		catch (SysprimsException ex) {
			this.incomplete = ex;
		}
	}

	/** Why more may be members than were found, or null when all were asked for. */
	@Nullable SysprimsException incomplete() {
		return this.incomplete;
	}

	/** The sessions that the members found so far are in. */
	Set<Long> sessions() {
		Set<Long> sessions = new HashSet<>();
		this.found.keySet().forEach((entry) -> sessions.add(entry.sid()));
		return sessions;
	}

}
