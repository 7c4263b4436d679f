package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.List;

import dev.sysprims.process.ExitCause;
import dev.sysprims.process.ResourceUsage;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/**
 * How a job ended.
 *
 * @param id the job
 * @param name its name
 * @param outcome what came first
 * @param cause how the program itself ended; where the kernel ended only other members
 * for lack of memory, a warning says so
 * @param exitCode its exit code; null when a signal ended it or nobody can know. 127 and
 * 259 are ordinary codes
 * @param signal the signal that ended it; null when it exited or nobody can know
 * @param elapsed from start to the end of the tree
 * @param usage what the program used; null when the system did not say
 * @param termination what was done to end the tree; null when nothing had to be ended
 * @param leftovers members found when the program had ended by itself, and what became of
 * them
 * @param survivors members that could not be ended; empty is the promise
 * @param reliability how sure "empty" is
 * @param warnings what is weaker than it could be and why, as full sentences
 */
public record JobResult(String id, String name, JobOutcome outcome, ExitCause cause, @Nullable Integer exitCode,
		@Nullable Signal signal, Duration elapsed, @Nullable ResourceUsage usage,
		@Nullable TerminateTreeResult termination, List<TreeMember> leftovers, List<TreeMember> survivors,
		TreeKillReliability reliability, List<String> warnings) {

	/** Copies the lists. */
	public JobResult {
		leftovers = List.copyOf(leftovers);
		survivors = List.copyOf(survivors);
		warnings = List.copyOf(warnings);
	}

	/**
	 * Whether a kill signal was really needed.
	 * @return true when the tree did not end within its grace timeout
	 */
	public boolean escalated() {
		return this.termination != null && this.termination.escalated();
	}

}
