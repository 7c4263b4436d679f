package dev.sysprims.boot.actuate;

import java.time.Duration;
import java.util.List;

import dev.sysprims.process.MemberOutcome;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * How a job ended.
 *
 * @param id the job's id
 * @param outcome how it ended; {@code TERMINATED} unless it had ended for another reason
 * before
 * @param escalated whether a kill signal was needed
 * @param exited whether the whole tree was verified empty
 * @param survivors processes that could not be ended; empty is the promise
 * @param elapsed from the start of the job to the end of its tree
 */
public record TerminationDescriptor(String id, JobOutcome outcome, boolean escalated, boolean exited,
		List<SurvivorDescriptor> survivors, Duration elapsed) implements OperationResponseBody {

	/** Copies the list. */
	public TerminationDescriptor {
		survivors = List.copyOf(survivors);
	}

	static TerminationDescriptor of(JobResult result) {
		return new TerminationDescriptor(result.id(), result.outcome(), result.escalated(), exited(result),
				result.survivors().stream().map(SurvivorDescriptor::of).toList(), result.elapsed());
	}

	/** Nothing had to be ended where there is no termination, or members were let go. */
	private static boolean exited(JobResult result) {
		return (result.termination() != null) ? result.termination().exited()
				: result.leftovers().stream().noneMatch((member) -> member.outcome() == MemberOutcome.LEFT);
	}

}
