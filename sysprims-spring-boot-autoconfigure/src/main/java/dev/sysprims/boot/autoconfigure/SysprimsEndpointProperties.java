package dev.sysprims.boot.autoconfigure;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of the endpoint, as Boot's own endpoints that hold values have it.
 *
 * @param showValues When to show the output of a job. Programs print secrets.
 * @param roles Roles of which a user needs one to be shown the output when
 * 'when-authorized' is set; when empty, every authenticated user.
 */
@ConfigurationProperties("management.endpoint.sysprims")
public record SysprimsEndpointProperties(@DefaultValue("never") Show showValues, @DefaultValue Set<String> roles) {

	/** Copies the roles. */
	public SysprimsEndpointProperties {
		roles = Set.copyOf(roles);
	}

}
