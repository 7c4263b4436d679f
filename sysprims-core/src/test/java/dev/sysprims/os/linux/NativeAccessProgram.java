package dev.sysprims.os.linux;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;

/**
 * Says whether the backend opens here, and what it may do to the process that is named.
 */
final class NativeAccessProgram {

	private NativeAccessProgram() {
	}

	public static void main(String[] arguments) {
		try {
			OperatingSystem os = LinuxSystem.open();
			ProcessEntry other = os.entry(Long.parseLong(arguments[0]));
			System.out.println("signal " + os.pin(other.key(), (status) -> {
			}).signal(Signal.TERM));
		}
		catch (SysprimsException ex) {
			System.out.println(ex.kind() + " " + ex.getMessage());
		}
	}

}
