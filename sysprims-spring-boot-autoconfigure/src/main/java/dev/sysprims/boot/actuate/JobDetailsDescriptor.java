package dev.sysprims.boot.actuate;

import java.time.Instant;
import java.util.List;

import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One job with all that is known of it.
 *
 * @param id the job's id
 * @param name the job's name
 * @param pid the process id of its program
 * @param state where it is in its life
 * @param startedAt when its program ran
 * @param outcome how it ended; absent before that
 * @param exitCode the exit code, where there is one
 * @param escalated whether a kill signal was needed
 * @param treeKillReliability how sure the end of its tree is: {@code guaranteed} or
 * {@code best_effort}
 * @param warnings what is weaker than it could be and why
 * @param processes the members of its tree that live now, the program first
 * @param output the end of its output
 */
public record JobDetailsDescriptor(String id, String name, long pid, JobState state, Instant startedAt,
		@Nullable JobOutcome outcome, @Nullable Integer exitCode, boolean escalated, String treeKillReliability,
		List<String> warnings, List<ProcessDescriptor> processes,
		OutputDescriptor output) implements OperationResponseBody {

	/** Copies the lists. */
	public JobDetailsDescriptor {
		warnings = List.copyOf(warnings);
		processes = List.copyOf(processes);
	}

	static JobDetailsDescriptor of(Job job, OutputDescriptor output) {
		JobDescriptor listed = JobDescriptor.of(job);
		return new JobDetailsDescriptor(listed.id(), listed.name(), listed.pid(), listed.state(), listed.startedAt(),
				listed.outcome(), listed.exitCode(), listed.escalated(), job.reliability().contractName(),
				job.warnings(), job.processes().stream().map(ProcessDescriptor::of).toList(), output);
	}

}
