package dev.sysprims.os.posix;

import java.util.HexFormat;
import java.util.stream.Stream;

import dev.sysprims.fixture.CollectedBytes;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;

/** Prints, in hexadecimal, each variable of a child and then an argument that it got. */
final class EnvironmentProgram {

	private EnvironmentProgram() {
	}

	public static void main(String[] arguments) {
		OperatingSystem os = LinuxSystem.open();
		CollectedBytes variables = new CollectedBytes();
		try (Spawned spawned = Spawned.start(os, new SpawnRequest(Command.of("env", "-0").withEnv("ADDED", "ü"),
				new ChildInput.Empty(), new ChildOutput.Capture(variables), new ChildOutput.Discard()))) {
			String all = HexFormat.ofDelimiter(" ").formatHex(variables.all());
			Stream.of(all.split("(^| )00( |$)")).forEach(EnvironmentProgram::say);
			spawned.exit();
		}
		CollectedBytes argument = new CollectedBytes();
		try (Spawned spawned = Spawned.start(os, new SpawnRequest(Command.of("printf", "%s", "ü"),
				new ChildInput.Empty(), new ChildOutput.Capture(argument), new ChildOutput.Discard()))) {
			say("argument " + HexFormat.ofDelimiter(" ").formatHex(argument.all()));
			spawned.exit();
		}
	}

	private static void say(String line) {
		System.out.println(line);
	}

}
