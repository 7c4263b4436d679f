package dev.sysprims.boot.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Says what the observation of a job carries. A bean of this type replaces
 * {@link DefaultJobObservationConvention}. It is asked at the start, before there is a
 * job, and at the end; the names of its low-cardinality values have to be the same both
 * times.
 */
public interface JobObservationConvention extends ObservationConvention<JobObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof JobObservationContext;
	}

}
