package dev.sysprims.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/** Writes the report of an ending. */
final class Termination {

	static final String NOT_VERIFIED = "Whether the tree is empty could not be verified: ";

	private Termination() {
	}

	static TerminateTreeResult report(OperatingSystem os, Roster roster, Ending ending, long pid, @Nullable Long pgid,
			TreeKillReliability reliability, Collection<String> standing) {
		List<TreeMember> members = roster.report(roster.members(), ending.begun());
		Set<String> warnings = new LinkedHashSet<>(standing);
		warnings.addAll(roster.warnings());
		List<TreeMember> survivors = members.stream().filter(TreeMember::survived).toList();
		SysprimsException blind = ending.blind();
		survivors.forEach((member) -> warnings.add((blind != null) ? notSeen(member) : describe(member)));
		if (blind != null) {
			warnings.add(NOT_VERIFIED + blind.getMessage());
		}
		else if (!ending.verifiedEmpty() && survivors.isEmpty()) {
			warnings.add(NOT_VERIFIED + "those who were there at the last look have ended since.");
		}
		return new TerminateTreeResult(os.sweeper().now(), os.platform().os(), pid, pgid, ending.config().signal(),
				ending.escalated() ? ending.config().killSignal() : null, ending.verifiedEmpty(),
				!ending.verifiedEmpty(), reliability, new ArrayList<>(warnings), members,
				Duration.ofNanos(os.sweeper().nanoTime() - ending.begun()));
	}

	private static String describe(TreeMember member) {
		String who = who(member) + " is still there";
		return switch (member.outcome()) {
			case NOT_PERMITTED ->
				who + ": this JVM's user may not signal it (EPERM). End it as its own user or as root.";
			default ->
				who + " after the kill signal: the kernel has not let it go, as with a process in uninterruptible"
						+ " sleep. It ends when what it waits for does.";
		};
	}

	/** Nobody could look: neither that it lives nor that it was killed is known. */
	private static String notSeen(TreeMember member) {
		return who(member) + " counts as a survivor, because it was there when it was last seen and it could not be"
				+ " looked at again. Check whether it runs, and end it yourself.";
	}

	private static String who(TreeMember member) {
		return "Process " + member.identity().pid() + ((member.name() != null) ? " (" + member.name() + ")" : "");
	}

}
