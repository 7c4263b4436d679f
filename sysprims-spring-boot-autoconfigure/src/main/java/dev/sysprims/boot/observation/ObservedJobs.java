package dev.sysprims.boot.observation;

import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobSpec;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observes each job from the call that starts it to the end of its process tree. The
 * parent is the observation that is current in the thread of that call. Thread-safe.
 */
public final class ObservedJobs implements JobListener {

	private final ObservationRegistry registry;

	private final JobObservationConvention defaultConvention;

	private final @Nullable JobObservationConvention convention;

	/**
	 * Observes into a registry.
	 * @param registry where to
	 * @param defaultConvention what an observation carries
	 * @param convention what it carries instead, or null
	 */
	public ObservedJobs(ObservationRegistry registry, JobObservationConvention defaultConvention,
			@Nullable JobObservationConvention convention) {
		this.registry = registry;
		this.defaultConvention = defaultConvention;
		this.convention = convention;
	}

	/** Started here and not when the program runs: only this thread knows the parent. */
	@Override
	public JobListener starting(JobSpec spec) {
		JobObservationContext context = new JobObservationContext(spec);
		Observation observation = JobObservationDocumentation.JOB_RUN
			.observation(this.convention, this.defaultConvention, () -> context, this.registry)
			.start();
		return new JobObservation(observation, context);
	}

}
