package dev.sysprims.comparison;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.sysprims.escape.Escape;
import dev.sysprims.escape.EscapeProgram;
import dev.sysprims.escape.Tiers;
import dev.sysprims.escape.Way;
import dev.sysprims.process.Containment;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.opentest4j.TestAbortedException;

/**
 * Counts who is left of a way; also a program that does so for all ways in a JVM that is
 * a subreaper, which must not be the one in which the peers run.
 */
final class EscapeCount {

	/** Some tools only ask for the end: who dies within this time is not counted. */
	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

	/** What is shown where a way or a tier is not to be had. */
	static final String NOT_POSSIBLE = "–";

	private EscapeCount() {
	}

	/** How many live when the tool has ended the program, or has seen it exit. */
	static String of(Tool tool, EscapeProgram program, Way way, boolean leaves) throws Exception {
		if (leaves && !way.canLeave()) {
			return NOT_POSSIBLE;
		}
		try (Escape escape = new Escape(program, way, leaves)) {
			Tool.Run run = tool.start(escape.command());
			try {
				escape.awaitReady();
			}
			catch (TestAbortedException ex) {
				run.end();
				return NOT_POSSIBLE;
			}
			if (leaves) {
				run.await();
			}
			else {
				run.end();
			}
			long deadline = System.nanoTime() + PATIENCE_NANOS;
			int left = escape.survivors().size();
			while (left > 0 && System.nanoTime() < deadline) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
				left = escape.survivors().size();
			}
			return String.valueOf(left);
		}
	}

	/**
	 * A line for each way and variant: its name, whether the program leaves, the count.
	 */
	public static void main(String[] args) throws Exception {
		EscapeProgram program = EscapeProgram.at(Path.of(args[0]));
		try (ProcessSupervisor supervisor = Tiers.supervisor()
			.containment(Containment.SESSION)
			.subreaper(true)
			.build()) {
			Tool tool = new SupervisedTool(supervisor);
			for (int i = 1; i < args.length; i++) {
				for (boolean leaves : new boolean[] { false, true }) {
					System.out.println(
							"count " + args[i] + " " + leaves + " " + of(tool, program, Way.valueOf(args[i]), leaves));
				}
			}
		}
		catch (SysprimsException ex) {
			System.out.println("There is no reaper tier here: " + ex.getMessage());
		}
	}

}
