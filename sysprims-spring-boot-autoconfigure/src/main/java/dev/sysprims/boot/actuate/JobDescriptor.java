package dev.sysprims.boot.actuate;

import java.time.Instant;

import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobState;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * One job in the list.
 *
 * @param id the job's id
 * @param name the job's name
 * @param pid the process id of its program; once the job has ended the number may be
 * another process's
 * @param state where it is in its life
 * @param startedAt when its program ran
 * @param outcome how it ended; absent before that
 * @param exitCode the exit code; absent before the end, or when a signal ended it, or
 * when nobody can know
 * @param escalated whether a kill signal was needed
 */
public record JobDescriptor(String id, String name, long pid, JobState state, Instant startedAt,
		@Nullable JobOutcome outcome, @Nullable Integer exitCode, boolean escalated) implements OperationResponseBody {

	static JobDescriptor of(Job job) {
		// State first: read the other way round, a job that ends in between would be
		// shown as ended without an outcome.
		JobState state = job.state();
		JobResult result = job.completion().getNow(null);
		return new JobDescriptor(job.id(), job.name(), job.pid(), (result != null) ? JobState.ENDED : state,
				job.startedAt(), (result != null) ? result.outcome() : null,
				(result != null) ? result.exitCode() : null, result != null && result.escalated());
	}

}
