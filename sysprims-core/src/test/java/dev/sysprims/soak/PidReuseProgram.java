package dev.sysprims.soak;

import java.time.Duration;

import dev.sysprims.fixture.ProcessFixture;
import org.opentest4j.TestAbortedException;

/**
 * Has numbers reused in a PID namespace, which is this JVM's own: it is asked for by its
 * arguments how often, and of which kind, or of all. Prints a line for each reuse that
 * went wrong, and the sum.
 */
final class PidReuseProgram {

	private PidReuseProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		System.out.println("a signal is noticed: " + noticesSignals());
		PidReuse.Surroundings surroundings = PidReuse.Surroundings.open();
		PidReuse[] kinds = (arguments.length > 1) ? new PidReuse[] { PidReuse.valueOf(arguments[1]) }
				: PidReuse.values();
		int reuses = Integer.parseInt(arguments[0]);
		int wrong = 0;
		int aborted = 0;
		for (int i = 0; i < reuses && aborted < reuses; i++) {
			PidReuse kind = kinds[i % kinds.length];
			// In this order: a fixture cannot tell a bystander from one that is as old.
			try (ProcessFixture fixture = new ProcessFixture();
					Bystander bystander = kind.provoke(surroundings, fixture)) {
				if (!bystander.isUntouched()) {
					wrong++;
					System.out.println("wrong: " + kind + " has touched " + bystander);
				}
			}
			catch (TestAbortedException ex) {
				aborted++;
				i--;
			}
			catch (Exception | AssertionError ex) {
				wrong++;
				System.out.println("wrong: " + kind + ": " + ex);
			}
		}
		surroundings.supervisor().close(Duration.ofSeconds(10));
		System.out.println("tried again " + aborted);
		System.out.println("reuses " + ((aborted < reuses) ? reuses : 0) + " wrong " + wrong);
	}

	/** Even one that does nothing. */
	private static boolean noticesSignals() throws Exception {
		Process first = new ProcessBuilder("true").start();
		first.waitFor();
		try (Bystander bystander = Bystander.at(first.pid())) {
			boolean before = bystander.isUntouched();
			new ProcessBuilder("kill", "-CONT", Long.toString(first.pid())).start().waitFor();
			return before && !bystander.isUntouched();
		}
	}

}
