package dev.sysprims.sample;

import java.time.Duration;
import java.util.List;

import dev.sysprims.process.FoundBy;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeMember;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import org.jspecify.annotations.Nullable;

/**
 * What happened when a job was ended.
 *
 * @param id the job's id
 * @param name the job's name
 * @param outcome how it ended; {@code TERMINATED} unless it had ended before
 * @param exitCode the program's exit code, where there is one
 * @param signal the signal that ended the program, where one did
 * @param escalated whether a kill signal was needed
 * @param members every process that was found in the tree, and what became of it
 * @param survivors those that could not be ended; empty is the promise
 * @param elapsed from the start of the job to the end of its tree
 */
record EndView(String id, String name, JobOutcome outcome, @Nullable Integer exitCode, @Nullable String signal,
		boolean escalated, List<MemberView> members, List<MemberView> survivors, Duration elapsed) {

	static EndView of(JobResult result) {
		TerminateTreeResult termination = result.termination();
		List<TreeMember> members = (termination != null) ? termination.members() : result.leftovers();
		return new EndView(result.id(), result.name(), result.outcome(), result.exitCode(),
				(result.signal() != null) ? result.signal().name() : null, result.escalated(), views(members),
				views(result.survivors()), result.elapsed());
	}

	private static List<MemberView> views(List<TreeMember> members) {
		return members.stream().map(MemberView::of).toList();
	}

	/**
	 * One process of the tree.
	 *
	 * @param pid its process id
	 * @param name the kernel's short name for it
	 * @param foundBy by which bond it was found
	 * @param outcome what became of it
	 */
	record MemberView(long pid, @Nullable String name, FoundBy foundBy, MemberOutcome outcome) {

		static MemberView of(TreeMember member) {
			return new MemberView(member.identity().pid(), member.name(), member.foundBy(), member.outcome());
		}

	}

}
