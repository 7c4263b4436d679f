package dev.sysprims.tree;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/** Writes the report of an ending. */
final class Termination {

	private Termination() {
	}

	static TerminateTreeResult report(OperatingSystem os, Roster roster, Ending ending, long pid, @Nullable Long pgid,
			TreeKillReliability reliability, Collection<String> standing) {
		List<TreeMember> members = roster.report(roster.members(), ending.begun());
		Set<String> warnings = new LinkedHashSet<>(standing);
		warnings.addAll(roster.warnings());
		members.stream().filter(TreeMember::survived).map(Termination::describe).forEach(warnings::add);
		if (ending.blind() != null) {
			warnings.add("Whether the tree is empty could not be verified: " + ending.blind().getMessage());
		}
		return new TerminateTreeResult(os.sweeper().now(), os.platform().os(), pid, pgid, ending.config().signal(),
				ending.escalated() ? ending.config().killSignal() : null, ending.verifiedEmpty(),
				!ending.verifiedEmpty(), reliability, new ArrayList<>(warnings), members,
				Duration.ofNanos(os.sweeper().nanoTime() - ending.begun()));
	}

	private static String describe(TreeMember member) {
		String who = "Process " + member.identity().pid() + " (" + member.name() + ") is still there";
		return switch (member.outcome()) {
			case NOT_PERMITTED ->
				who + ": this JVM's user may not signal it (EPERM). End it as its own user or as root.";
			default ->
				who + " after the kill signal: the kernel has not let it go, as with a process in uninterruptible"
						+ " sleep. It ends when what it waits for does.";
		};
	}

}
