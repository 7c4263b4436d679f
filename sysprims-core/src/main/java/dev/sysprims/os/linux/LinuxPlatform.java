package dev.sysprims.os.linux;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.sysprims.process.Capability;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.TreeKillReliability;
import org.jspecify.annotations.Nullable;

/** What this backend is here and what it lacks. */
final class LinuxPlatform {

	private static final String FOUND_BY = "The end of a process tree is best effort here: its members are found by "
			+ "process group, session, descent, the variable SYSPRIMS_JOB in their environment and the pipes of its "
			+ "output. ";

	static final String SESSION = FOUND_BY + "A descendant that calls setsid(2) and leaves its parent behind, "
			+ "as a daemon does, gets out of sight if it has none of these pipes and a wiped environment, or one that "
			+ "may not be read.";

	private static final String REAPER = FOUND_BY + "A descendant that calls setsid(2) and leaves its parent behind, "
			+ "as a daemon does, becomes a child of this JVM; if it has none of these pipes and a wiped environment, "
			+ "or one that may not be read, and it did so before it was seen once, nobody can tell whose it was, and "
			+ "it lives on. So does one that was adopted by another subreaper (prctl(2)) within the tree.";

	private LinuxPlatform() {
	}

	/**
	 * The platform.
	 * @param arch the architecture
	 * @param uncontained why no cgroup holds a tree, or null when one does
	 * @param adoptsOrphans whether orphans become children of this JVM
	 * @param processes have warnings of their own
	 * @param pidfds what they can do
	 */
	static PlatformInfo describe(String arch, @Nullable String uncontained, boolean adoptsOrphans,
			LinuxProcesses processes, PidfdSupport pidfds) {
		List<String> warnings = new ArrayList<>();
		if (uncontained != null) {
			warnings.add(adoptsOrphans ? REAPER : SESSION);
			warnings.add(uncontained);
		}
		warnings.addAll(processes.warnings());
		if (pidfds.refused() != null) {
			warnings.add("Exits are polled for, every 50 ms at most, and signals are checked but not pinned, because "
					+ pidfds.refused().getMessage() + ": a seccomp profile of the container probably refuses it.");
		}
		String weaker = adoptsOrphans ? "reaper" : "session";
		return (uncontained != null)
				? new PlatformInfo("linux", arch, "native", weaker, TreeKillReliability.BEST_EFFORT,
						capabilities(pidfds), warnings)
				: new PlatformInfo("linux", arch, "native", "cgroup", TreeKillReliability.GUARANTEED,
						capabilities(pidfds), warnings);
	}

	private static Set<Capability> capabilities(PidfdSupport pidfds) {
		Set<Capability> capabilities = EnumSet.of(Capability.OWN_SESSION, Capability.CLEAN_SPAWN, Capability.ANY_SIGNAL,
				Capability.EXIT_SIGNAL, Capability.NO_THREAD_PER_CHILD, Capability.USAGE, Capability.GROUPS_VISIBLE);
		if (pidfds.refused() == null) {
			capabilities.add(Capability.PINNED_SIGNAL);
			capabilities.add(Capability.FOREIGN_EXIT_EVENT);
		}
		if (pidfds.tellsStatus()) {
			capabilities.add(Capability.FOREIGN_EXIT_STATUS);
		}
		return capabilities;
	}

}
