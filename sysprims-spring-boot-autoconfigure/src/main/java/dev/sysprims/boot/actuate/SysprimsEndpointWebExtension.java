package dev.sysprims.boot.actuate;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * What HTTP adds: who asks, and 404 for a job that is unknown (for DELETE too, where
 * Actuator would say 204).
 */
@EndpointWebExtension(endpoint = SysprimsEndpoint.class)
public final class SysprimsEndpointWebExtension {

	private final SysprimsEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * The endpoint over HTTP.
	 * @param delegate the endpoint
	 * @param showValues whether output is shown
	 * @param roles to whom, when that depends on who asks; empty for everybody who is
	 * authenticated
	 */
	public SysprimsEndpointWebExtension(SysprimsEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = Set.copyOf(roles);
	}

	/**
	 * One job.
	 * @param securityContext who asks
	 * @param id the job's id
	 * @return the job or 404
	 */
	@ReadOperation
	public WebEndpointResponse<JobDetailsDescriptor> job(SecurityContext securityContext, @Selector String id) {
		return found(this.delegate.job(id, this.showValues.isShown(securityContext, this.roles)));
	}

	/**
	 * Ends a job's process tree.
	 * @param id the job's id
	 * @return what happened or 404
	 */
	@DeleteOperation
	public WebEndpointResponse<TerminationDescriptor> terminate(@Selector String id) {
		return found(this.delegate.terminate(id));
	}

	private static <T> WebEndpointResponse<T> found(@Nullable T body) {
		return (body != null) ? new WebEndpointResponse<>(body)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
