package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the child that waits before it executes its program in the list of children of
 * the thread that spawns ({@code /proc/PID/task/TID/children}). Confined to one thread.
 */
final class WaitingChild implements AutoCloseable {

	private static final int BUFFER = 4096;

	/** As many are looked at from the end of the list. */
	private static final int CANDIDATES = 16;

	private final int list;

	private final byte[] buffer = new byte[BUFFER];

	private final int[] newest = new int[CANDIDATES];

	private @Nullable Path ownProgram = program("self");

	/**
	 * Of this list.
	 * @param list a descriptor, owned by this
	 */
	WaitingChild(int list) {
		this.list = list;
	}

	/**
	 * The last of the list, which is in the order of birth, but for those that are none
	 * of ours to start: a job's program can make siblings of itself
	 * ({@code CLONE_PARENT}, {@code clone(2)}), behind the back of who reads. Those
	 * execute a program; the one that waits still shares this JVM's.
	 */
	int find() throws ErrnoException {
		int children = read();
		if (children == 0) {
			throw new ErrnoException("Finding the child", Errno.ECHILD);
		}
		int last = this.newest[(children - 1) % CANDIDATES];
		for (int i = children - 1; i >= Math.max(0, children - CANDIDATES); i--) {
			int pid = this.newest[i % CANDIDATES];
			if (this.ownProgram != null && this.ownProgram.equals(program(Integer.toString(pid)))) {
				return pid;
			}
		}
		// Where links may not be read, or the JVM was replaced on disk while it runs.
		this.ownProgram = program("self");
		return last;
	}

	/** How many are in the list; the last of them are kept. */
	private int read() throws ErrnoException {
		LinuxC.lseek(this.list, 0, 0);
		int pid = 0;
		int children = 0;
		long count;
		while ((count = LinuxC.read(this.list, this.buffer, BUFFER)) > 0) {
			for (int i = 0; i < count; i++) {
				if (this.buffer[i] >= '0' && this.buffer[i] <= '9') {
					pid = pid * 10 + this.buffer[i] - '0';
				}
				else if (pid != 0) {
					this.newest[children++ % CANDIDATES] = pid;
					pid = 0;
				}
			}
		}
		if (count == -1) {
			throw ErrnoException.last("read(children)");
		}
		return children;
	}

	private static @Nullable Path program(String process) {
		try {
			return Files.readSymbolicLink(Path.of("/proc", process, "exe"));
		}
		catch (IOException ex) {
			return null; // gone, a zombie, or not to be looked at
		}
	}

	@Override
	public void close() {
		Descriptors.close(this.list);
	}

}
