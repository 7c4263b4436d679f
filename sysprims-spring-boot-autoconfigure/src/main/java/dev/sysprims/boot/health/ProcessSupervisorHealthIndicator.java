package dev.sysprims.boot.health;

import dev.sysprims.process.PlatformInfo;
import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether jobs can be started. A job that fails says nothing about that and changes
 * nothing here.
 */
public final class ProcessSupervisorHealthIndicator extends AbstractHealthIndicator {

	private final ProcessSupervisor supervisor;

	/**
	 * The health of this supervisor.
	 * @param supervisor what is looked at
	 */
	public ProcessSupervisorHealthIndicator(ProcessSupervisor supervisor) {
		super("The process supervisor cannot be asked");
		this.supervisor = supervisor;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		PlatformInfo platform = this.supervisor.platform();
		builder.withDetail("backend", platform.backend())
			.withDetail("containment", platform.containment())
			.withDetail("reliability", platform.treeKillReliability().contractName())
			.withDetail("active", this.supervisor.totals().active());
		if ("jdk".equals(platform.backend())) {
			builder.withDetail("warnings", platform.warnings());
		}
		if (this.supervisor.isClosed()) {
			builder.down().withDetail("reason", "The supervisor is closed: no job can be started any more.");
		}
		else {
			builder.up();
		}
	}

}
