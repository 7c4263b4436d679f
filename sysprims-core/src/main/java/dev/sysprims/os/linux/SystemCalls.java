package dev.sysprims.os.linux;

import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.Kill;
import org.jspecify.annotations.Nullable;

/** What the running kernel answers. Thread-safe. */
final class SystemCalls implements KernelFacts {

	private static final int CLOCK_BOOTTIME = 7;

	private final PidfdSupport pidfds;

	/**
	 * Asks this kernel.
	 * @param pidfds what pidfds can do here
	 */
	SystemCalls(PidfdSupport pidfds) {
		this.pidfds = pidfds;
	}

	@Override
	public @Nullable Long pidfdInode(long pid) {
		try (Pidfd pidfd = this.pidfds.open(pid)) {
			return this.pidfds.inode(pidfd);
		}
		catch (ErrnoException ex) {
			return null; // gone, or no descriptor is left
		}
	}

	@Override
	public boolean exists(long pid) {
		return Kill.exists(pid);
	}

	@Override
	public long bootNanos() {
		long[] time = new long[2];
		LinuxC.clock_gettime(CLOCK_BOOTTIME, time);
		return time[0] * 1_000_000_000 + time[1];
	}

}
