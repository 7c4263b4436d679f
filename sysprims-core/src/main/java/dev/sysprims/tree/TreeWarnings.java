package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TreeKillReliability;

/** What is weaker in a tree than it could be, said when its program runs. */
final class TreeWarnings {

	private static final String NOT_CONTAINED = "The end of this tree is best effort, because no container of the kernel"
			+ " holds it: its members are found by process group, session, descent, environment marker and pipes. A"
			+ " descendant that called setsid(2), wiped its environment and lost its parent before a scan saw it would"
			+ " remain.";

	static final String FOREIGN = "The end of this tree is best effort, because it was not started here: its members"
			+ " are found by descent, and by its process group where it leads one. A descendant whose parent had exited"
			+ " before would remain.";

	private TreeWarnings() {
	}

	static List<String> standing(OperatingSystem os, SpawnedChild child) {
		Set<String> warnings = new LinkedHashSet<>(os.platform().warnings());
		warnings.addAll(child.warnings());
		if (child.container() == null && isStrongerElsewhere(os)) {
			warnings.add(NOT_CONTAINED);
		}
		if (child.atJvmDeath() != AtJvmDeath.SURVIVE) {
			os.watchdog().warning().ifPresent(warnings::add);
		}
		return List.copyOf(warnings);
	}

	static List<String> ofForeignTree(OperatingSystem os) {
		List<String> warnings = new ArrayList<>(os.platform().warnings());
		if (isStrongerElsewhere(os)) {
			warnings.add(FOREIGN);
		}
		return warnings;
	}

	static String containerUnreadable(SysprimsException reason) {
		return "The end of this tree is best effort, because the container that holds it could not be read ("
				+ reason.getMessage() + "): its members were found by process group, session, descent, environment"
				+ " marker and pipes, and a descendant that left all of these may remain.";
	}

	static String movedOut(List<Member> members) {
		return "The end of this tree is best effort: "
				+ members.stream()
					.map((member) -> "process " + member.key().pid() + " (" + member.entry().name() + ")")
					.collect(Collectors.joining(", "))
				+ " moved out of the container that held it, as a process with rights to write to the hierarchy can"
				+ " (cgroups(7)), and was treated as a member; one that also wiped its environment may remain."
				+ " Take that right from the program.";
	}

	static SysprimsException tooFastToBeSeen() {
		return new SysprimsException(ErrorKind.SYSTEM,
				"processes in sessions of their own come and go faster than it can be seen whose they are. Where a"
						+ " cgroup holds the tree that does not matter.");
	}

	static String movedOutUnknown(SysprimsException reason) {
		return "The end of this tree is best effort, because processes that moved themselves out of the container that"
				+ " held it could not be looked for: " + reason.getMessage();
	}

	static String outOfMemory(long kills, boolean mayBeTheProgram) {
		String who = (kills == 1) ? "1 process" : kills + " processes";
		return "The kernel ended " + who + " of this tree for lack of memory (oom_kill in memory.events, cgroups(7)), "
				+ (mayBeTheProgram
						? "maybe the program itself, which cannot be told because it was sent the kill signal as well."
						: "but not the program itself.")
				+ " Raise the memory limit of the container or cgroup that it runs in, or let the tree need less.";
	}

	static String memoryUnknown(SysprimsException reason) {
		return "Whether the kernel ended a process of this tree for lack of memory is not known. "
				+ reason.getMessage();
	}

	/** Else the platform's own warnings say why. */
	private static boolean isStrongerElsewhere(OperatingSystem os) {
		return os.platform().treeKillReliability() == TreeKillReliability.GUARANTEED;
	}

}
