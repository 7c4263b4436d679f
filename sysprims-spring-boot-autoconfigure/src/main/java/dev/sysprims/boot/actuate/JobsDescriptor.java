package dev.sysprims.boot.actuate;

import java.util.List;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Everything at a glance.
 *
 * @param platform what was found on this system
 * @param totals counts since the start of the application
 * @param jobs the live jobs and the last ended ones, newest first
 */
public record JobsDescriptor(PlatformDescriptor platform, TotalsDescriptor totals,
		List<JobDescriptor> jobs) implements OperationResponseBody {

	/** Copies the list. */
	public JobsDescriptor {
		jobs = List.copyOf(jobs);
	}

}
