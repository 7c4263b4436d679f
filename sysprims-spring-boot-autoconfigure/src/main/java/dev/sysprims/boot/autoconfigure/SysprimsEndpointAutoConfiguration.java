package dev.sysprims.boot.autoconfigure;

import dev.sysprims.boot.actuate.SysprimsEndpoint;
import dev.sysprims.boot.actuate.SysprimsEndpointWebExtension;
import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.expose.EndpointExposure;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Auto-configuration of the Actuator endpoint {@code sysprims}. */
@AutoConfiguration(after = SysprimsAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "sysprims.enabled", matchIfMissing = true)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnSingleCandidate(ProcessSupervisor.class)
@ConditionalOnAvailableEndpoint(SysprimsEndpoint.class)
@EnableConfigurationProperties(SysprimsEndpointProperties.class)
public final class SysprimsEndpointAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SysprimsEndpoint sysprimsEndpoint(ProcessSupervisor supervisor, SysprimsEndpointProperties properties,
			ObjectProvider<SanitizingFunction> sanitizingFunctions) {
		return new SysprimsEndpoint(supervisor, properties.showValues(), sanitizingFunctions.orderedStream().toList());
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnBean(SysprimsEndpoint.class)
	@ConditionalOnAvailableEndpoint(exposure = EndpointExposure.WEB)
	SysprimsEndpointWebExtension sysprimsEndpointWebExtension(SysprimsEndpoint endpoint,
			SysprimsEndpointProperties properties) {
		return new SysprimsEndpointWebExtension(endpoint, properties.showValues(), properties.roles());
	}

}
