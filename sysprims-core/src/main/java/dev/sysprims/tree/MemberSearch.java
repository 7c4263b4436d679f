package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.sysprims.os.ProcessEntry;
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

	private final Set<Long> untouchable;

	private final Map<ProcessEntry, FoundBy> found = new LinkedHashMap<>();

	private final Map<ProcessEntry, SysprimsException> leftOut = new HashMap<>();

	MemberSearch(ProcessTable table) {
		this.table = table;
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

	/** For this reason it cannot be told by this bond whether they are members. */
	void leaveOut(List<ProcessEntry> candidates, SysprimsException reason) {
		candidates.forEach((candidate) -> this.leftOut.put(candidate, reason));
	}

	/** Why somebody was left out whom no other bond led to, or null when nobody was. */
	@Nullable SysprimsException leftOut() {
		return this.leftOut.keySet()
			.stream()
			.filter((candidate) -> !has(candidate))
			.findFirst()
			.map(this.leftOut::get)
			.orElse(null);
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
	 * that holds others.
	 */
	Map<ProcessEntry, FoundBy> run(List<MemberSource> sources) {
		int before;
		do {
			before = this.found.size();
			sources.forEach((source) -> source.search(this));
		}
		while (this.found.size() > before);
		return this.found;
	}

	/** The sessions that the members found so far are in. */
	Set<Long> sessions() {
		Set<Long> sessions = new HashSet<>();
		this.found.keySet().forEach((entry) -> sessions.add(entry.sid()));
		return sessions;
	}

}
