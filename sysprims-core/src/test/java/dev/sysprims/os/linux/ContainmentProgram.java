package dev.sysprims.os.linux;

import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.Containment;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/** Says which containment a JVM has here, and how a child of each kind is started. */
final class ContainmentProgram {

	private ContainmentProgram() {
	}

	public static void main(String[] arguments) throws InterruptedException {
		OperatingSystem os = LinuxSystem.open();
		System.out.println("containment " + os.platform().containment());
		System.out.println("reliability " + os.platform().treeKillReliability());
		os.platform().warnings().forEach((warning) -> System.out.println("warning " + warning));
		for (Containment containment : Containment.values()) {
			try (Spawned spawned = Spawned.start(os, CgroupsHere.request(containment, Command.of("true")))) {
				System.out.println(containment + " exit " + spawned.exit().exitCode() + " contained "
						+ (spawned.child().container() != null));
			}
			catch (SysprimsException ex) {
				System.out.println(containment + " " + ex.kind() + " " + ex.getMessage());
			}
		}
		System.out.println("left children " + os.table().childrenOf(ProcessHandle.current().pid()).size());
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder().containment(Containment.CGROUP).build()) {
			System.out.println("supervisor " + supervisor.run(JobSpec.command("true").build()).outcome());
		}
		catch (SysprimsException ex) {
			System.out.println("supervisor " + ex.kind() + " " + ex.getMessage());
		}
		if (arguments.length > 0) {
			Runtime.getRuntime().halt(0);
		}
		os.releaseIdle();
	}

}
