package dev.sysprims.escape;

import java.util.Optional;

import dev.sysprims.process.Containment;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/** The tiers that this machine and this build have. */
public final class Tiers {

	private Tiers() {
	}

	/** What all of them have in common. */
	public static ProcessSupervisor.Builder supervisor() {
		return ProcessSupervisor.builder().shutdownHook(false);
	}

	/**
	 * A supervisor whose jobs the kernel really holds in cgroups: only then it says
	 * guaranteed.
	 */
	public static Optional<ProcessSupervisor> cgroup() {
		ProcessSupervisor supervisor;
		try {
			supervisor = supervisor().containment(Containment.CGROUP).build();
		}
		catch (SysprimsException ex) {
			System.err.println("There is no cgroup tier here: " + ex.getMessage());
			return Optional.empty();
		}
		Job job = supervisor.start(JobSpec.command("sleep", "60").build());
		boolean held = job.reliability() == TreeKillReliability.GUARANTEED;
		job.terminate();
		if (held) {
			return Optional.of(supervisor);
		}
		supervisor.close();
		return Optional.empty();
	}

}
