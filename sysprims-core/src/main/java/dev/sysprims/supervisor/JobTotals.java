package dev.sysprims.supervisor;

/**
 * What a supervisor has seen since it was made.
 *
 * @param started jobs whose program ran
 * @param active jobs that have not ended
 * @param succeeded ended with {@link JobOutcome#SUCCEEDED}
 * @param failed ended with {@link JobOutcome#FAILED}
 * @param timedOut ended with {@link JobOutcome#TIMED_OUT}
 * @param terminated ended with {@link JobOutcome#TERMINATED}
 * @param lost ended with {@link JobOutcome#LOST}
 * @param escalated jobs that needed a kill signal
 * @param survivors processes that could not be ended, over all jobs
 */
public record JobTotals(long started, long active, long succeeded, long failed, long timedOut, long terminated,
		long lost, long escalated, long survivors) {

}
