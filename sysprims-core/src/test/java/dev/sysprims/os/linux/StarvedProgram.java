package dev.sysprims.os.linux;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

import dev.sysprims.fixture.CollectedBytes;
import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.process.Command;
import dev.sysprims.process.SysprimsException;

/**
 * Takes all descriptors and gives them back one by one, starting a child each time; says
 * how each start went. The number that is open afterwards must be the same.
 */
final class StarvedProgram {

	private StarvedProgram() {
	}

	public static void main(String[] arguments) throws IOException {
		OperatingSystem os = LinuxSystem.open();
		start(os); // loads what it needs
		start(os);
		long pipes = pipes();
		Deque<FileInputStream> taken = new ArrayDeque<>();
		try {
			while (true) {
				taken.push(new FileInputStream("/dev/null"));
			}
		}
		catch (IOException ex) {
			System.out.println("starved");
		}
		String last = "";
		for (int free = 0; free < 24; free++) {
			String result = start(os);
			if (!result.equals(last)) {
				System.out.println(result);
			}
			last = result;
			taken.pop().close();
		}
		while (!taken.isEmpty()) {
			taken.pop().close();
		}
		System.out.println("left pipes " + (pipes() - pipes));
		System.out.println("left children " + os.table().childrenOf(ProcessHandle.current().pid()).size());
	}

	private static long pipes() {
		return OpenDescriptors.ofWork().stream().filter((link) -> link.startsWith("pipe:")).count();
	}

	private static String start(OperatingSystem os) {
		CollectedBytes out = new CollectedBytes();
		SpawnRequest request = new SpawnRequest(Command.of("echo", "said"), new ChildInput.Empty(),
				new ChildOutput.Capture(out), new ChildOutput.Stream());
		try (Spawned spawned = Spawned.start(os, request)) {
			boolean right = spawned.exit().equals(ExitStatus.exited(0)) && out.text().equals("said\n");
			return (right ? "ran" : "wrong") + (spawned.child().warnings().isEmpty() ? "" : " with a warning");
		}
		catch (SysprimsException ex) {
			return ex.kind() + " " + ex.getMessage().replaceAll(".*\\((E[A-Z]+):.*", "$1");
		}
	}

}
