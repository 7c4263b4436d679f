package dev.sysprims.os.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.process.Command;
import dev.sysprims.process.Containment;

import static org.assertj.core.api.Assumptions.assumeThat;

/** What the tests of cgroups share. */
final class CgroupsHere {

	private CgroupsHere() {
	}

	/** Skips the test, aloud, where this JVM has no cgroup v2 to work in. */
	static void assumeAvailable(OperatingSystem os) {
		if (!os.platform().containment().equals("cgroup")) {
			System.err.println("SKIPPED, the cgroup tier is NOT tested: " + os.platform().warnings());
		}
		assumeThat(os.platform().containment()).as("a cgroup v2 that this JVM may write to").isEqualTo("cgroup");
	}

	static SpawnRequest request(Containment containment, Command command) {
		return new SpawnRequest(command, new ChildInput.Empty(), new ChildOutput.Discard(), new ChildOutput.Discard(),
				containment, AtJvmDeath.END);
	}

	static CgroupContainer containerOf(Spawned spawned) {
		return (CgroupContainer) Objects.requireNonNull(spawned.child().container(), "it has no container");
	}

	static Path pathOf(Spawned spawned) {
		return containerOf(spawned).directory();
	}

	/** The cgroup v2 that a process is in, as the kernel has it. */
	static String cgroupOf(long pid) {
		try {
			return Files.readAllLines(Path.of("/proc/" + pid + "/cgroup"))
				.stream()
				.filter((line) -> line.startsWith("0::"))
				.findFirst()
				.orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whether the kernel's answer means this directory. */
	static boolean isIn(String cgroup, Path directory) {
		return cgroup.endsWith("/" + directory.getParent().getFileName() + "/" + directory.getFileName());
	}

}
