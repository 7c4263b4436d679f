package dev.sysprims.os.linux;

import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.Kill;
import org.jspecify.annotations.Nullable;

/** What the running kernel answers. Thread-safe. */
final class SystemCalls implements KernelFacts {

	/** {@code f_type} of the file system that pidfds have since Linux 6.9. */
	private static final long PIDFS_MAGIC = 0x50494446;

	private static final int CLOCK_BOOTTIME = 7;

	private static final int AT_EMPTY_PATH = 0x1000;

	private static final int STATX_INO = 0x100;

	/** {@code stx_ino} is at byte 32 of {@code struct statx}, which has 256. */
	private static final int STX_INO = 4;

	private static final int STATX_LONGS = 32;

	private static final int STATFS_LONGS = 15;

	@Override
	public @Nullable Long pidfdInode(long pid) {
		try (Pidfd pidfd = Pidfd.open(pid)) {
			long[] fileSystem = new long[STATFS_LONGS];
			long[] file = new long[STATX_LONGS];
			if (LinuxC.fstatfs(pidfd.fd(), fileSystem) != 0 || fileSystem[0] != PIDFS_MAGIC
					|| LinuxC.statx(pidfd.fd(), new byte[1], AT_EMPTY_PATH, STATX_INO, file) != 0) {
				return null;
			}
			return file[STX_INO];
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
