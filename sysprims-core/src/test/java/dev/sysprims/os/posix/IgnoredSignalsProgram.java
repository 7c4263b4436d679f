package dev.sysprims.os.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;

/** Prints what this JVM ignores, what a child ignores, and how a child ended. */
final class IgnoredSignalsProgram {

	private IgnoredSignalsProgram() {
	}

	public static void main(String[] arguments) throws IOException {
		System.out.println("jvm " + ignored("self"));
		OperatingSystem os = LinuxSystem.open();
		try (Spawned spawned = Spawned.start(os, Command.of("sleep", "60"))) {
			System.out.println("child " + ignored(Long.toString(spawned.pid())));
			spawned.child().signal(Signal.HUP);
			System.out.println("ended " + spawned.exit().equals(ExitStatus.signalled(Signal.HUP)));
		}
		try (Spawned spawned = Spawned.start(os, Command.of("sh", "-c", "exit 3"))) {
			System.out.println("ended " + spawned.exit().exitCode());
		}
	}

	private static String ignored(String pid) throws IOException {
		return Files.readAllLines(Path.of("/proc/" + pid + "/status"))
			.stream()
			.filter((line) -> line.startsWith("SigIgn:"))
			.findFirst()
			.orElseThrow()
			.substring(8);
	}

}
