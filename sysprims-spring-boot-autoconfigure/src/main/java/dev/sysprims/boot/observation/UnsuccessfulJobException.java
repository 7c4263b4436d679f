package dev.sysprims.boot.observation;

import java.io.Serial;
import java.util.Locale;

import dev.sysprims.process.ExitCause;
import dev.sysprims.supervisor.JobResult;

/**
 * Marks the observation of a job as failed. Never thrown; without a stack trace, for
 * there is none that would say anything.
 */
public final class UnsuccessfulJobException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	UnsuccessfulJobException(JobResult result) {
		super(message(result), null, false, false);
	}

	private static String message(JobResult result) {
		String outcome = result.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ');
		if (result.cause() == ExitCause.OUT_OF_MEMORY) {
			return "Job '" + result.name() + "' " + outcome + ": ended by the kernel for lack of memory";
		}
		if (result.signal() != null) {
			return "Job '" + result.name() + "' " + outcome + ": ended by " + result.signal().name();
		}
		if (result.exitCode() != null) {
			return "Job '" + result.name() + "' " + outcome + ": exit code " + result.exitCode();
		}
		return "Job '" + result.name() + "' " + outcome + ": nobody can know how it ended";
	}

}
