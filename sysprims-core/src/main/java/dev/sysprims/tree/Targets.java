package dev.sysprims.tree;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongFunction;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.process.PermissionDeniedException;
import org.jspecify.annotations.Nullable;

/**
 * The choke point for numbers that name a process. What is out of range is refused before
 * it could be narrowed to a {@code pid_t}, where −1 means every process and 0 our own
 * group ({@code kill(2)}).
 */
public final class Targets {

	static final long SELF = ProcessHandle.current().pid();

	private Targets() {
	}

	/**
	 * Checks a pid for reading and waiting.
	 * @param pid the number
	 * @return the same number
	 * @throws IllegalArgumentException when it is not 1 to 2³¹−1
	 */
	public static long requirePid(long pid) {
		if (pid < 1 || pid > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("Pid " + pid + " is out of range: use 1 to " + Integer.MAX_VALUE
					+ ". (0 and negative numbers mean whole groups or every process to the kernel.)");
		}
		return pid;
	}

	/**
	 * Checks a pid that is to be signalled or ended.
	 * @param pid the number
	 * @param os asked for this JVM's own line
	 * @throws IllegalArgumentException when it is out of range, PID 1, this JVM, one of
	 * its ancestors, or the leader of its own process group
	 */
	public static void requireTarget(long pid, OperatingSystem os) {
		requirePid(pid);
		if (pid == 1) {
			throw refused(pid, "it is the init process of this system or container");
		}
		if (pid == SELF) {
			throw refused(pid, "it is this JVM itself");
		}
		if (ownLine(os::entry).contains(pid)) {
			throw refused(pid, "it is an ancestor of this JVM, which would be ended with its tree");
		}
		ProcessEntry self = os.entry(SELF);
		if (self != null && self.pgid() == pid) {
			throw refused(pid, "it leads the process group that this JVM is in");
		}
	}

	/**
	 * This JVM, its ancestors and PID 1. On a hidepid mount ({@code proc(5)}) the line
	 * ends at the first ancestor of another user: who started that one cannot be seen.
	 * @param lookup finds a process by its number
	 * @return their numbers
	 */
	static Set<Long> ownLine(LongFunction<@Nullable ProcessEntry> lookup) {
		Set<Long> line = new HashSet<>();
		line.add(1L);
		for (long pid = SELF; pid > 0 && (line.add(pid) || pid == 1);) {
			ProcessEntry entry = (pid == 1) ? null : shown(pid, lookup);
			pid = (entry != null) ? entry.ppid() : 0;
		}
		return line;
	}

	private static @Nullable ProcessEntry shown(long pid, LongFunction<@Nullable ProcessEntry> lookup) {
		try {
			return lookup.apply(pid);
		}
		catch (PermissionDeniedException ex) {
			return null;
		}
	}

	private static IllegalArgumentException refused(long pid, String why) {
		return new IllegalArgumentException(
				"Pid " + pid + " is refused as a target: " + why + ". Check where the number comes from.");
	}

}
