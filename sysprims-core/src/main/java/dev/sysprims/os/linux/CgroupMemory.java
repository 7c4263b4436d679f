package dev.sysprims.os.linux;

import java.util.List;

import dev.sysprims.os.MemoryAccount;
import dev.sysprims.os.posix.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * The memory controller of cgroup v2, which here only counts: no limit is ever set. A
 * cgroup has it where the one above has enabled it for its children.
 */
final class CgroupMemory {

	private static final String CONTROLLER = "memory";

	private static final String KILLS = "oom_kill ";

	private CgroupMemory() {
	}

	/**
	 * Has the memory of each cgroup below this one counted, if that can be done.
	 * @param parent has no members itself, and never will: who enables a controller for
	 * its children may have none
	 */
	static void count(CgroupDirectory parent) {
		tryCount(parent);
	}

	/**
	 * As {@link #count}, for a parent that may have members.
	 * @return whether it is counted now; the kernel says EBUSY when it has members
	 */
	static boolean tryCount(CgroupDirectory parent) {
		try {
			if (isAvailable(parent.read("cgroup.subtree_control"))) {
				return true;
			}
			if (!isAvailable(parent.read("cgroup.controllers"))) {
				return false;
			}
			parent.write("cgroup.subtree_control", "+" + CONTROLLER);
			return true;
		}
		catch (ErrnoException ex) {
			// Trees are held without it as well; it only tells more of their ends.
			return false;
		}
	}

	/** What {@code cgroup.controllers} and {@code cgroup.subtree_control} say. */
	static boolean isAvailable(String controllers) {
		return List.of(controllers.strip().split(" ")).contains(CONTROLLER);
	}

	/**
	 * What was counted until now.
	 * @param directory of a job
	 * @return null where it has no such controller, or is gone
	 * @throws ErrnoException when it cannot be told
	 */
	static @Nullable MemoryAccount of(CgroupDirectory directory) throws ErrnoException {
		String events = readIfThere(directory, "memory.events");
		if (events == null) {
			return null;
		}
		// Came with Linux 5.19.
		String peak = readIfThere(directory, "memory.peak");
		return new MemoryAccount(kills(events), (peak != null) ? peakKb(peak) : null);
	}

	private static @Nullable String readIfThere(CgroupDirectory directory, String name) throws ErrnoException {
		try {
			return directory.read(name);
		}
		catch (ErrnoException ex) {
			if (CgroupDirectory.isGone(ex)) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * What {@code memory.events} says: the kernel counts a victim before it sends it the
	 * signal, so that whoever sees the exit finds the victim counted.
	 */
	static long kills(String events) {
		return events.lines()
			.filter((line) -> line.startsWith(KILLS))
			.mapToLong((line) -> Long.parseLong(line.substring(KILLS.length()).strip()))
			.sum();
	}

	/** What {@code memory.peak} says, which is in bytes. */
	static long peakKb(String peak) {
		return Long.parseLong(peak.strip()) / 1024;
	}

}
