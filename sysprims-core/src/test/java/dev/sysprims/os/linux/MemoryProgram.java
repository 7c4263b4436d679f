package dev.sysprims.os.linux;

import dev.sysprims.process.Containment;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/**
 * Runs a program that takes the memory given in MiB, and says where, and how it ended.
 */
final class MemoryProgram {

	private MemoryProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder().containment(Containment.CGROUP).build()) {
			Job place = supervisor.start(JobSpec.command("sleep", "60").build());
			System.out.println("jvm " + CgroupsHere.cgroupOf(ProcessHandle.current().pid()));
			System.out.println("job " + CgroupsHere.cgroupOf(place.pid()));
			JobResult result = supervisor
				.run(JobSpec.command("dd", "if=/dev/zero", "of=/dev/null", "count=1", "bs=" + arguments[0] + "M")
					.build());
			System.out.println("cause " + result.cause());
			System.out.println("peak " + (result.usage().peakMemoryKb() != null));
			place.terminate();
		}
	}

}
