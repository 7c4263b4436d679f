package dev.sysprims;

import java.util.List;
import java.util.Locale;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.jdk.JdkSystem;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.SysprimsException;

/**
 * Picks the backend for the system at hand: the native one where there is one and it can
 * work, else the JDK's own means, which say in their warnings why and what is missing.
 */
final class Backends {

	private Backends() {
	}

	static OperatingSystem choose() {
		String os = System.getProperty("os.name", "");
		if (!os.toLowerCase(Locale.ROOT).startsWith("linux")) {
			return JdkSystem.open(List.of("This version has a native backend for Linux only, not yet for " + os + "."));
		}
		try {
			return LinuxSystem.open();
		}
		catch (SysprimsException ex) {
			return JdkSystem.open(List.of(String.valueOf(ex.getMessage())));
		}
	}

}
