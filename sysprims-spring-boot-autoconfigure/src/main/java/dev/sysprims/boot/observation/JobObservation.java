package dev.sysprims.boot.observation;

import java.time.Duration;

import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import io.micrometer.observation.Observation;

/** The observation of one job, told of its end by the supervisor. */
final class JobObservation implements JobListener {

	private final Observation observation;

	private final JobObservationContext context;

	JobObservation(Observation observation, JobObservationContext context) {
		this.observation = observation;
		this.context = context;
	}

	@Override
	public void started(Job job, Duration spawnTime) {
		this.context.started(job);
	}

	@Override
	public void startFailed(JobSpec spec, SysprimsException reason) {
		this.context.startFailed(reason);
		this.observation.error(reason);
		this.observation.stop();
	}

	/**
	 * A job that was ended on request is no error: whoever asked got what he asked for.
	 */
	@Override
	public void ended(Job job, JobResult result) {
		this.context.ended(result);
		switch (result.outcome()) {
			case FAILED, TIMED_OUT, LOST -> this.observation.error(new UnsuccessfulJobException(result));
			case SUCCEEDED, TERMINATED -> {
			}
		}
		this.observation.stop();
	}

}
