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
		boolean seen = ending.blind() == null;
		members.stream()
			.filter(TreeMember::survived)
			.map((member) -> seen ? describe(member) : describeUnseen(member))
			.forEach(warnings::add);
		if (ending.blind() != null) {
			warnings.add("Whether the tree is empty could not be verified: " + ending.blind().getMessage());
		}
		return new TerminateTreeResult(os.sweeper().now(), os.platform().os(), pid, pgid, ending.config().signal(),
				ending.escalated() ? ending.config().killSignal() : null, ending.verifiedEmpty(),
				!ending.verifiedEmpty(), reliability, new ArrayList<>(warnings), members,
				Duration.ofNanos(os.sweeper().nanoTime() - ending.begun()));
	}

	/** Nobody could look: neither that it lives nor that it was killed is known. */
	private static String describeUnseen(TreeMember member) {
		return who(member) + " counts as a survivor, because it was there when it was last seen and it could not be"
				+ " looked at again. Check whether it runs, and end it yourself.";
	}

	private static String who(TreeMember member) {
		return "Process " + member.identity().pid() + " (" + member.name() + ")";
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

}
