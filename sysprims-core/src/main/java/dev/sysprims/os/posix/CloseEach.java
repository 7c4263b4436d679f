package dev.sysprims.os.posix;

import java.io.File;

import org.jspecify.annotations.Nullable;

/**
 * One close per number, to the highest open one and a bit more for what other threads
 * open meanwhile. Not {@code close_range(CLOEXEC)} in this JVM before the spawn:
 * measured, that leaks in every second child and breaks {@link ProcessBuilder} in other
 * threads. Numbers that are not open do no harm.
 */
final class CloseEach implements ClosingDescriptors {

	private static final int RESERVE = 256;

	private static final File OPEN = new File("/proc/self/fd");

	@Override
	public void addTo(long fileActions) throws ErrnoException {
		int last = highestOpen() + RESERVE;
		for (int fd = 3; fd <= last; fd++) {
			int error = LibC.posix_spawn_file_actions_addclose(fileActions, fd);
			if (error == Errno.EBADF) {
				// At the soft RLIMIT_NOFILE: nothing can be open from here on.
				return;
			}
			NativeSpawn.check("posix_spawn_file_actions_addclose", error);
		}
	}

	private static int highestOpen() throws ErrnoException {
		@Nullable String[] names = OPEN.list();
		if (names == null) {
			throw new ErrnoException("Listing " + OPEN, Errno.EMFILE);
		}
		int highest = 2;
		for (String name : names) {
			highest = Math.max(highest, Integer.parseInt(name));
		}
		return highest;
	}

}
