package dev.sysprims.os.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.fixture.CollectedBytes;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;

/** Runs in a JVM without stdin, stdout and stderr; says what children got into a file. */
final class ClosedStdioProgram {

	private static final String LINKS = "readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2 | sed 's/:.*//'";

	private ClosedStdioProgram() {
	}

	public static void main(String[] arguments) throws IOException {
		OperatingSystem os = LinuxSystem.open();
		List<String> said = new ArrayList<>();
		CollectedBytes out = new CollectedBytes();
		try (Spawned spawned = start(os, LINKS, new ChildInput.Inherit(), out, new ChildOutput.Inherit())) {
			said.add("inherited " + String.join(" ", out.text().lines().toList()));
			spawned.exit();
		}
		CollectedBytes err = new CollectedBytes();
		try (Spawned spawned = Spawned.start(os, new SpawnRequest(Command.of("sh", "-c", LINKS + " >&2"),
				new ChildInput.Empty(), new ChildOutput.Inherit(), new ChildOutput.Capture(err)))) {
			said.add("inherited " + String.join(" ", err.text().lines().toList()));
			spawned.exit();
		}
		CollectedBytes echoed = new CollectedBytes();
		try (Spawned spawned = start(os, "cat", new ChildInput.Stream(), echoed, new ChildOutput.Stream())) {
			spawned.child().stdin().write("piped".getBytes(StandardCharsets.US_ASCII));
			spawned.child().stdin().flush();
			for (int stdio = 0; stdio < 3; stdio++) {
				said.add("own " + stdio + " " + (isOurs(stdio) ? "ours" : "other"));
			}
			spawned.child().stdin().close();
			said.add(echoed.text());
			spawned.exit();
		}
		Files.write(Path.of(arguments[0]), said);
	}

	private static Spawned start(OperatingSystem os, String script, ChildInput in, CollectedBytes out,
			ChildOutput err) {
		return Spawned.start(os,
				new SpawnRequest(Command.of("sh", "-c", script), in, new ChildOutput.Capture(out), err));
	}

	private static boolean isOurs(int fd) throws IOException {
		Path link = Path.of("/proc/self/fd/" + fd);
		String target = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link).toString() : "";
		return target.startsWith("pipe:") || target.contains("[event") || target.contains("pidfd");
	}

}
