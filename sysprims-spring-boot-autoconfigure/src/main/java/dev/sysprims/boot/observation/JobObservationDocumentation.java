package dev.sysprims.boot.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/** The observation of jobs and what it carries by default. */
public enum JobObservationDocumentation implements ObservationDocumentation {

	/** A job from the call that starts it to the end of its process tree. */
	JOB_RUN {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultJobObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return LowCardinality.values();
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return HighCardinality.values();
		}

	};

	/** What becomes a tag of the timer too: few values. */
	public enum LowCardinality implements KeyName {

		/** The job's name, or {@code other} beyond the limit. */
		NAME("name"),

		/**
		 * How it ended: {@code succeeded}, {@code failed}, {@code timed_out},
		 * {@code terminated} or {@code lost}; {@code not_started} when it could not be
		 * started, {@code none} while it runs.
		 */
		OUTCOME("outcome");

		private final String key;

		LowCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

	/**
	 * What only a trace shows, by the names of OpenTelemetry's span of a CLI's caller.
	 */
	public enum HighCardinality implements KeyName {

		/** The program's file name. */
		EXECUTABLE("process.executable.name"),

		/** Its process id; absent when it did not start. */
		PID("process.pid"),

		/** Its exit code; absent when a signal ended it or nobody can know. */
		EXIT_CODE("process.exit.code"),

		/**
		 * Why it did not succeed: {@code timeout}, {@code out_of_memory}, {@code signal}
		 * or {@code exit}, or the kind of error with which it did not start; absent
		 * otherwise.
		 */
		ERROR_TYPE("error.type");

		private final String key;

		HighCardinality(String key) {
			this.key = key;
		}

		@Override
		public String asString() {
			return this.key;
		}

	}

}
