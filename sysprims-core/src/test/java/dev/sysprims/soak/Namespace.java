package dev.sysprims.soak;

import java.io.IOException;

import org.junit.jupiter.api.Assumptions;

/**
 * A PID namespace of its own with an init that reaps, which ends with everything in it
 * when the command does, or when whoever started it is killed.
 */
final class Namespace {

	/** A shell waits for any child while it waits for one. */
	static final String[] COMMAND = { "unshare", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c",
			"\"$@\"; exit $?", "init" };

	private Namespace() {
	}

	/** Skips the test, aloud, where this process may not have one. */
	static void assumeAvailable() throws IOException, InterruptedException {
		String[] probe = new String[COMMAND.length + 1];
		System.arraycopy(COMMAND, 0, probe, 0, COMMAND.length);
		probe[COMMAND.length] = "true";
		int status;
		try {
			status = new ProcessBuilder(probe).inheritIO().start().waitFor();
		}
		catch (IOException ex) {
			status = 127;
		}
		if (status != 0) {
			System.err
				.println("SKIPPED, NOTHING IS TESTED HERE: a PID namespace takes root and unshare of util-linux.");
		}
		Assumptions.assumeTrue(status == 0, "a PID namespace of its own");
	}

}
