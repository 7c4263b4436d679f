package dev.sysprims.boot.observation;

import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job while it is observed. A {@link SenderContext}, because a trace
 * shows the caller of another program as a client; nothing is sent along.
 */
public final class JobObservationContext extends SenderContext<JobSpec> {

	private final JobSpec spec;

	private volatile @Nullable Job job;

	private volatile @Nullable JobResult result;

	private volatile @Nullable SysprimsException startFailure;

	/**
	 * A job that is about to be started.
	 * @param spec what was asked
	 */
	public JobObservationContext(JobSpec spec) {
		super((carrier, key, value) -> {
		}, Kind.CLIENT);
		setCarrier(spec);
		this.spec = spec;
	}

	/**
	 * What was asked.
	 * @return the specification
	 */
	public JobSpec spec() {
		return this.spec;
	}

	/**
	 * The job.
	 * @return the job, or null before its program runs
	 */
	public @Nullable Job job() {
		return this.job;
	}

	/**
	 * How it ended.
	 * @return the result, or null before that
	 */
	public @Nullable JobResult result() {
		return this.result;
	}

	/**
	 * Why it did not start.
	 * @return the failure, or null
	 */
	public @Nullable SysprimsException startFailure() {
		return this.startFailure;
	}

	void started(Job job) {
		this.job = job;
	}

	void ended(JobResult result) {
		this.result = result;
	}

	void startFailed(SysprimsException failure) {
		this.startFailure = failure;
	}

}
