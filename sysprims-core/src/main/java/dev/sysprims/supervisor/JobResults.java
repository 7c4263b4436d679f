package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.process.ExitCause;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.TreeMember;
import dev.sysprims.tree.TreeEnd;

/** What the end of a tree means for its job. */
final class JobResults {

	private JobResults() {
	}

	/**
	 * The result of a job.
	 * @param job the job
	 * @param end of its tree
	 * @param now on the sweeper's clock
	 * @return its result
	 */
	static JobResult of(SupervisedJob job, TreeEnd end, long now) {
		ExitStatus status = end.status();
		Duration elapsed = Duration.ofNanos(now - job.facts().begun());
		return new JobResult(job.id(), job.name(), outcome(end), cause(end), status.exitCode(), status.signal(),
				elapsed, end.usage(), end.termination(), end.leftovers(), end.survivors(), end.reliability(),
				union(job.warnings(), end.warnings()));
	}

	/** Members whose number had passed to another process when a signal was due. */
	static List<TreeMember> mismatches(TreeEnd end) {
		return (end.termination() == null) ? List.of()
				: end.termination()
					.members()
					.stream()
					.filter((member) -> member.outcome() == MemberOutcome.REUSED)
					.toList();
	}

	static JobOutcome outcome(TreeEnd end) {
		return switch (end.cause()) {
			case TIMED_OUT -> JobOutcome.TIMED_OUT;
			case TERMINATED -> JobOutcome.TERMINATED;
			case EXITED -> outcome(end.status());
		};
	}

	private static JobOutcome outcome(ExitStatus status) {
		if (status.exitCode() == null && status.signal() == null) {
			return JobOutcome.LOST;
		}
		boolean success = status.exitCode() != null && status.exitCode() == 0;
		return success ? JobOutcome.SUCCEEDED : JobOutcome.FAILED;
	}

	private static ExitCause cause(TreeEnd end) {
		ExitStatus status = end.status();
		if (end.outOfMemory()) {
			return ExitCause.OUT_OF_MEMORY;
		}
		if (status.exitCode() != null) {
			return ExitCause.EXIT;
		}
		return (status.signal() != null) ? ExitCause.SIGNAL : ExitCause.UNKNOWN;
	}

	private static List<String> union(List<String> first, List<String> second) {
		Set<String> all = new LinkedHashSet<>(first);
		all.addAll(second);
		return List.copyOf(all);
	}

}
