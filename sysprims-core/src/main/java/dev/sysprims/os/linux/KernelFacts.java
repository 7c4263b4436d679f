package dev.sysprims.os.linux;

import org.jspecify.annotations.Nullable;

/** What {@code /proc} does not tell and a system call does. Thread-safe. */
interface KernelFacts {

	/**
	 * The inode of the process's pidfd, which no other process gets during this boot.
	 * @param pid the process
	 * @return the inode; null where pidfds have none of their own (before Linux 6.9, when
	 * all share one) and when none can be had now
	 */
	@Nullable Long pidfdInode(long pid);

	/**
	 * Whether any process has this number, one that a {@code hidepid} mount hides too:
	 * {@code kill(pid, 0)} says anything but {@code ESRCH}.
	 * @param pid the number
	 * @return true when there is one, a zombie too
	 */
	boolean exists(long pid);

	/**
	 * Time since boot, suspension included: {@code CLOCK_BOOTTIME} of
	 * {@code clock_gettime(2)}, the clock that start times are in.
	 * @return nanoseconds
	 */
	long bootNanos();

}
