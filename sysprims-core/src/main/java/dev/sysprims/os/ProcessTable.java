package dev.sysprims.os;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

import org.jspecify.annotations.Nullable;

/**
 * The processes of the machine, read one after the other: not a picture of one instant.
 * Shared by all who asked before the read began; the indexes are made on first use.
 * Confined to the sweeper.
 */
public final class ProcessTable {

	private final Map<Long, ProcessEntry> byPid;

	private @Nullable Map<Long, List<ProcessEntry>> byParent;

	private @Nullable Map<Long, List<ProcessEntry>> byGroup;

	private @Nullable Map<Long, List<ProcessEntry>> bySession;

	/**
	 * A table of these entries.
	 * @param entries one per process
	 */
	public ProcessTable(Collection<ProcessEntry> entries) {
		this.byPid = new HashMap<>(entries.size() * 2);
		entries.forEach((entry) -> this.byPid.put(entry.pid(), entry));
	}

	/**
	 * Every process.
	 * @return the entries in no order
	 */
	public Collection<ProcessEntry> entries() {
		return this.byPid.values();
	}

	/**
	 * The process with this number.
	 * @param pid the number
	 * @return the entry, or null when there is none
	 */
	public @Nullable ProcessEntry get(long pid) {
		return this.byPid.get(pid);
	}

	/**
	 * The very process, if it is in the table.
	 * @param key which process
	 * @return the entry, or null when it is gone or its number belongs to another
	 */
	public @Nullable ProcessEntry get(ProcessKey key) {
		ProcessEntry entry = this.byPid.get(key.pid());
		return (entry != null && entry.key().equals(key)) ? entry : null;
	}

	/**
	 * The children of a process.
	 * @param pid the parent
	 * @return the entries
	 */
	public List<ProcessEntry> childrenOf(long pid) {
		if (this.byParent == null) {
			this.byParent = index(ProcessEntry::ppid);
		}
		return this.byParent.getOrDefault(pid, List.of());
	}

	/**
	 * The members of a process group.
	 * @param pgid the group
	 * @return the entries
	 */
	public List<ProcessEntry> inGroup(long pgid) {
		if (this.byGroup == null) {
			this.byGroup = index(ProcessEntry::pgid);
		}
		return this.byGroup.getOrDefault(pgid, List.of());
	}

	/**
	 * The members of a session.
	 * @param sid the session
	 * @return the entries
	 */
	public List<ProcessEntry> inSession(long sid) {
		if (this.bySession == null) {
			this.bySession = index(ProcessEntry::sid);
		}
		return this.bySession.getOrDefault(sid, List.of());
	}

	private Map<Long, List<ProcessEntry>> index(ToLongFunction<ProcessEntry> by) {
		Map<Long, List<ProcessEntry>> index = new HashMap<>();
		for (ProcessEntry entry : this.byPid.values()) {
			index.computeIfAbsent(by.applyAsLong(entry), (key) -> new ArrayList<>(2)).add(entry);
		}
		return index;
	}

}
