package dev.sysprims.boot.actuate;

import dev.sysprims.supervisor.JobTotals;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Counts since the start of the application.
 *
 * @param started jobs whose program ran
 * @param active jobs that have not ended
 * @param succeeded jobs whose program exited with code 0
 * @param failed jobs whose program exited with another code or by a signal
 * @param timedOut jobs whose timeout passed
 * @param terminated jobs that were ended on request
 * @param lost jobs of which nobody can know how they ended
 * @param escalated jobs that needed a kill signal
 * @param survivors processes that could not be ended
 */
public record TotalsDescriptor(long started, long active, long succeeded, long failed, long timedOut, long terminated,
		long lost, long escalated, long survivors) implements OperationResponseBody {

	static TotalsDescriptor of(JobTotals totals) {
		return new TotalsDescriptor(totals.started(), totals.active(), totals.succeeded(), totals.failed(),
				totals.timedOut(), totals.terminated(), totals.lost(), totals.escalated(), totals.survivors());
	}

}
