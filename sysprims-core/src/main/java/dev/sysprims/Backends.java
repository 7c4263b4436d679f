package dev.sysprims;

import java.util.ArrayList;
import java.util.List;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.SysprimsException;

/**
 * Picks the backend for the system at hand: the native one where it can work, else the
 * JDK's own means.
 */
final class Backends {

	private Backends() {
	}

	static OperatingSystem choose() {
		List<String> reasons = new ArrayList<>();
		try {
			return LinuxSystem.open();
		}
		catch (SysprimsException ex) {
			reasons.add(String.valueOf(ex.getMessage()));
			throw ex;
		}
	}

}
