package dev.sysprims.boot.observation;

import java.util.Locale;

import dev.sysprims.boot.metrics.JobNames;
import dev.sysprims.boot.observation.JobObservationDocumentation.HighCardinality;
import dev.sysprims.boot.observation.JobObservationDocumentation.LowCardinality;
import dev.sysprims.process.ExitCause;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import io.micrometer.common.KeyValues;
import org.jspecify.annotations.Nullable;

/**
 * Follows OpenTelemetry's span for the caller of a CLI program. Arguments are left out:
 * they may hold secrets.
 */
public final class DefaultJobObservationConvention implements JobObservationConvention {

	private static final String OBSERVATION_NAME = "sysprims.job.run";

	private final JobNames names;

	/**
	 * The convention with these names.
	 * @param names the values of {@code name}
	 */
	public DefaultJobObservationConvention(JobNames names) {
		this.names = names;
	}

	@Override
	public String getName() {
		return OBSERVATION_NAME;
	}

	/** The span is called as the job is. */
	@Override
	public String getContextualName(JobObservationContext context) {
		return context.spec().name();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(JobObservationContext context) {
		return KeyValues.of(LowCardinality.NAME.withValue(this.names.tagFor(context.spec().name())),
				LowCardinality.OUTCOME.withValue(outcome(context)));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(JobObservationContext context) {
		KeyValues values = KeyValues.of(HighCardinality.EXECUTABLE.withValue(fileName(context)));
		Job job = context.job();
		if (job != null) {
			values = values.and(HighCardinality.PID.withValue(Long.toString(job.pid())));
		}
		JobResult result = context.result();
		if (result != null && result.exitCode() != null) {
			values = values.and(HighCardinality.EXIT_CODE.withValue(Integer.toString(result.exitCode())));
		}
		String errorType = errorType(context);
		return (errorType != null) ? values.and(HighCardinality.ERROR_TYPE.withValue(errorType)) : values;
	}

	private static String outcome(JobObservationContext context) {
		if (context.startFailure() != null) {
			return "not_started";
		}
		JobResult result = context.result();
		return (result != null) ? result.outcome().name().toLowerCase(Locale.ROOT) : "none";
	}

	private static @Nullable String errorType(JobObservationContext context) {
		SysprimsException startFailure = context.startFailure();
		if (startFailure != null) {
			return startFailure.kind().contractName();
		}
		JobResult result = context.result();
		if (result == null) {
			return null;
		}
		if (result.outcome() == JobOutcome.TIMED_OUT) {
			return "timeout";
		}
		if (result.cause() == ExitCause.OUT_OF_MEMORY) {
			return "out_of_memory";
		}
		if (result.signal() != null) {
			return "signal";
		}
		return (result.exitCode() != null && result.exitCode() != 0) ? "exit" : null;
	}

	private static String fileName(JobObservationContext context) {
		String program = context.spec().command().program();
		return program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1);
	}

}
