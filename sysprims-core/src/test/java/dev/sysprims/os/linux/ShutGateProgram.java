package dev.sysprims.os.linux;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.posix.GateTrial;
import dev.sysprims.os.posix.Kill;
import dev.sysprims.process.Signal;

/**
 * Kills itself while a child waits at the gate; given a file that the child would make.
 */
final class ShutGateProgram {

	private ShutGateProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		OperatingSystem os = LinuxSystem.open();
		System.out.println(os.platform().containment());
		GateTrial.start(LeaseGate::open, "/bin/touch", arguments[0], (pid) -> {
			System.out.println("child " + pid);
			System.out.println("waits");
			System.out.flush();
			Kill.process(ProcessHandle.current().pid(), Signal.KILL);
		});
	}

}
