package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import org.jspecify.annotations.Nullable;

/**
 * What single processes carry by which a tree knows its own: markers in their
 * environments, or pipes. Read from each process once for all trees, however many look,
 * and forgotten with the process. Confined to the sweeper.
 */
final class Carried {

	private static final Comparator<ProcessEntry> NEWEST_FIRST = Comparator
		.comparingLong((ProcessEntry entry) -> entry.key().start())
		.reversed();

	private final Function<ProcessKey, Collection<String>> reader;

	private final Predicate<ProcessKey> isThere;

	private final Predicate<ProcessEntry> isOrphan;

	private final Map<ProcessKey, Look> looks = new HashMap<>();

	private final Map<String, List<ProcessEntry>> carriers = new HashMap<>();

	private @Nullable ProcessTable table;

	private List<ProcessEntry> unread = List.of();

	private int next;

	/** Those of the table that had ended before anything of them could be read. */
	private final List<ProcessEntry> missed = new ArrayList<>();

	/**
	 * What is read by this reader.
	 * @param isThere whether a process of which nothing was read was there at that time
	 * @param isOrphan whether a zombie has lost its parent, so that nothing leads to it
	 */
	Carried(Function<ProcessKey, Collection<String>> reader, Predicate<ProcessKey> isThere,
			Predicate<ProcessEntry> isOrphan) {
		this.reader = reader;
		this.isThere = isThere;
		this.isOrphan = isOrphan;
	}

	/**
	 * The processes that carry it and did not start earlier: whoever did cannot be a
	 * descendant, and is not even read.
	 */
	List<ProcessEntry> carriersOf(String token, ProcessTable table, long from) {
		if (table != this.table) {
			turnTo(table);
		}
		while (this.next < this.unread.size() && this.unread.get(this.next).key().start() >= from) {
			ProcessEntry entry = this.unread.get(this.next);
			for (String carried : look(entry)) {
				this.carriers.computeIfAbsent(carried, (key) -> new ArrayList<>(2)).add(entry);
			}
			// Not when it could not be read: the next tree that asks tries again.
			this.next++;
		}
		return this.carriers.getOrDefault(token, List.of())
			.stream()
			.filter((entry) -> entry.key().start() >= from)
			.toList();
	}

	/**
	 * Whether somebody was missed in the table that may have carried anything: it did not
	 * start earlier, and nothing else tells whose it was. A stranger mostly has the
	 * leader of its session beside it.
	 */
	boolean hasMissedAny(long from) {
		ProcessTable seen = this.table;
		return seen != null && this.missed.stream()
			.anyMatch((entry) -> entry.key().start() >= from
					&& (entry.sid() == entry.pid() || seen.get(entry.sid()) == null));
	}

	private void turnTo(ProcessTable table) {
		forgetTable();
		this.looks.keySet().removeIf((key) -> table.get(key) == null);
		this.table = table;
		this.unread = new ArrayList<>(table.entries());
		this.unread.sort(NEWEST_FIRST);
	}

	private Collection<String> look(ProcessEntry entry) {
		Look look = this.looks.get(entry.key());
		if (look != null && look.isFinal()) {
			return look.carried();
		}
		if (entry.ended()) {
			if (look == null && this.isOrphan.test(entry)) {
				this.missed.add(entry);
			}
			this.looks.put(entry.key(), Look.NOTHING_MORE);
			return List.of();
		}
		Collection<String> carried = this.reader.apply(entry.key());
		if (look == null && carried.isEmpty() && !this.isThere.test(entry.key())) {
			this.missed.add(entry);
			return carried;
		}
		// A process that is just executing a program has no environment for a moment
		// (execve(2)): a no is believed when it was given twice.
		this.looks.put(entry.key(), new Look(carried, look != null || !carried.isEmpty()));
		return carried;
	}

	/** No tree is there that could ask. */
	void forget() {
		forgetTable();
		this.looks.clear();
	}

	private void forgetTable() {
		this.table = null;
		this.unread = List.of();
		this.next = 0;
		this.missed.clear();
		this.carriers.clear();
	}

	private record Look(Collection<String> carried, boolean isFinal) {

		/** A zombie carries nothing. */
		static final Look NOTHING_MORE = new Look(List.of(), true);

	}

}
