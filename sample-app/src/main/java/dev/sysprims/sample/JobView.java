package dev.sysprims.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sysprims.process.ProcessInfo;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A job as the console shows it.
 *
 * @param id the job's id
 * @param name the job's name
 * @param pid the process id of its program
 * @param state where it is in its life
 * @param startedAt when its program ran
 * @param elapsed how long it has run, or ran, to a tenth of a second
 * @param outcome how it ended; absent before that
 * @param exitCode the exit code, where there is one
 * @param signal the signal that ended the program, where one did
 * @param escalated whether a kill signal was needed
 * @param treeKillReliability how sure the end of its tree is: {@code guaranteed} or
 * {@code best_effort}
 * @param warnings what is weaker than it could be and why
 * @param processes the members of its tree that live, the program first
 * @param output its last lines
 * @param dropped bytes of output that are no longer kept
 */
record JobView(String id, String name, long pid, JobState state, Instant startedAt, Duration elapsed,
		@Nullable JobOutcome outcome, @Nullable Integer exitCode, @Nullable String signal, boolean escalated,
		String treeKillReliability, List<String> warnings, List<ProcessView> processes, List<String> output,
		long dropped) {

	static JobView of(Job job, List<ProcessInfo> processes, int lines) {
		// State first: a job that ends in between must not be shown as ended without an
		// outcome.
		JobState state = job.state();
		JobResult result = job.completion().getNow(null);
		if (result == null) {
			Duration elapsed = Duration.between(job.startedAt(), Instant.now());
			return new JobView(job.id(), job.name(), job.pid(), state, job.startedAt(), tenths(elapsed), null, null,
					null, false, job.reliability().contractName(), job.warnings(),
					processes.stream().map(ProcessView::of).toList(), OutputLines.last(job.output(), lines),
					job.output().dropped());
		}
		return new JobView(job.id(), job.name(), job.pid(), JobState.ENDED, job.startedAt(), tenths(result.elapsed()),
				result.outcome(), result.exitCode(), (result.signal() != null) ? result.signal().name() : null,
				result.escalated(), result.reliability().contractName(), result.warnings(), List.of(),
				OutputLines.last(job.output(), lines), job.output().dropped());
	}

	private static Duration tenths(Duration exact) {
		return Duration.ofMillis(exact.toMillis() / 100 * 100);
	}

	/**
	 * A living member of a tree.
	 *
	 * @param pid its process id
	 * @param ppid its parent's
	 * @param name the kernel's short name for it
	 * @param state what it is doing
	 * @param memoryKb resident memory in KiB
	 */
	record ProcessView(long pid, @Nullable Long ppid, @Nullable String name, String state, @Nullable Long memoryKb) {

		static ProcessView of(ProcessInfo process) {
			return new ProcessView(process.pid(), process.ppid(), process.name(), process.state().contractName(),
					process.memoryKb());
		}

	}

}
