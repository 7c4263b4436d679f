package dev.sysprims.os;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where the kernel itself holds the members of one tree, so that none can leave by fork,
 * {@code setsid} or becoming a daemon. Thread-safe; nothing here blocks for long.
 */
public interface KernelContainer {

	/**
	 * Whether a member lives; zombies do not count. The truth, in one look.
	 * @return false when the tree is empty
	 * @throws dev.sysprims.process.SysprimsException of kind system when it cannot be
	 * told
	 */
	boolean isPopulated();

	/**
	 * The members that live now.
	 * @return their lines of the process table, each read now
	 * @throws dev.sysprims.process.SysprimsException of kind system when they cannot be
	 * listed
	 */
	List<ProcessEntry> members();

	/**
	 * Whether a process lives outside of it. One that is exiting is inside still, though
	 * nothing is populated by it any more.
	 * @param process whose traces say that it belongs to the tree
	 * @return false too when it is gone
	 */
	boolean isOutside(ProcessKey process);

	/**
	 * Ends every member at once, those that are being forked meanwhile too.
	 * @return {@link SignalOutcome#NOT_SUPPORTED} where the system cannot do that, and
	 * members have to be signalled one by one until it is empty
	 */
	SignalOutcome kill();

	/**
	 * Watches for it to become empty, or to be so already.
	 * @param changed told on a thread of the backend when it is worth asking
	 * {@link #isPopulated()}; maybe late, maybe in vain
	 * @return ends the watch; idempotent
	 */
	Runnable watch(Runnable changed);

	/**
	 * What the kernel has counted of the memory of all who are or were inside, until now.
	 * @return null where it does not count that for this container
	 * @throws dev.sysprims.process.SysprimsException of kind system when it cannot be
	 * told
	 */
	default @Nullable MemoryAccount memory() {
		return null;
	}

	/**
	 * Removes the empty container, now or as soon as the system lets it. Idempotent.
	 */
	void remove();

}
