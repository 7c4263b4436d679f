package dev.sysprims.boot.autoconfigure;

import dev.sysprims.supervisor.ProcessSupervisor;

/**
 * A bean that changes the builder of the auto-configured supervisor, after the properties
 * and the listeners have been applied. Several are called in their order
 * ({@code @Order}); the last one wins.
 */
@FunctionalInterface
public interface ProcessSupervisorBuilderCustomizer {

	/**
	 * Changes the builder.
	 * @param builder what the supervisor is built from
	 */
	void customize(ProcessSupervisor.Builder builder);

}
