package dev.sysprims.supervisor;

import java.time.Duration;

import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TreeMember;

/**
 * Told what happens to jobs, in order for each job, on the supervisor's executor (only
 * {@link #starting} runs on the caller's thread): it may block without holding up any
 * job's end. What it throws is logged.
 */
public interface JobListener {

	/**
	 * A job is about to be started. The one callback that runs on the thread that called
	 * {@link ProcessSupervisor#start} or {@link ProcessSupervisor#run}, before the
	 * program is spawned: what is bound to that thread, such as a trace, can be taken
	 * along. It must not block.
	 * @param spec what was asked
	 * @return who is told the rest about this one job; this listener by default
	 */
	default JobListener starting(JobSpec spec) {
		return this;
	}

	/**
	 * A program runs.
	 * @param job the job
	 * @param spawnTime from the call until it ran
	 */
	default void started(Job job, Duration spawnTime) {
	}

	/**
	 * A program could not be started; there is no job.
	 * @param spec what was asked
	 * @param reason why
	 */
	default void startFailed(JobSpec spec, SysprimsException reason) {
	}

	/**
	 * A tree is being ended, for whatever cause.
	 * @param job the job
	 */
	default void ending(Job job) {
	}

	/**
	 * A job has ended.
	 * @param job the job
	 * @param result how
	 */
	default void ended(Job job, JobResult result) {
	}

	/**
	 * Output was lost, because a consumer was too slow. Told once at the end of a job
	 * that lost any in a lines mode; what a tail pushes out is not lost but not asked
	 * for.
	 * @param job the job
	 * @param lines how many lines
	 */
	default void outputDropped(Job job, long lines) {
	}

	/**
	 * A signal was due to a member whose number had passed to another process, which was
	 * spared.
	 * @param job the job
	 * @param member the member
	 */
	default void identityMismatch(Job job, TreeMember member) {
	}

}
