package dev.sysprims.escape;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.sysprims.process.Containment;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.opentest4j.TestAbortedException;

/**
 * Tries ways out in a JVM that is a subreaper, which is for the whole JVM and for good.
 * Prints a line for each case: {@code ok}, {@code open} or {@code broken}, the case and
 * the reason.
 */
final class EscapesInAReaper {

	static final String UNAVAILABLE = "unavailable ";

	private EscapesInAReaper() {
	}

	public static void main(String[] args) throws Exception {
		EscapeProgram program = EscapeProgram.at(Path.of(args[0]));
		List<Way> ways = Stream.of(args).skip(1).map(Way::valueOf).toList();
		try (ProcessSupervisor supervisor = Tiers.supervisor().containment(Containment.SESSION).subreaper(true).build();
				Bystanders bystanders = new Bystanders(supervisor)) {
			EscapeCase.all(Tier.REAPER)
				.filter((its) -> ways.contains(its.way()))
				.forEach((its) -> System.out.println(tried(its, program, supervisor, bystanders)));
			supervisor.close(Duration.ofSeconds(5));
		}
		catch (SysprimsException ex) {
			System.out.println(UNAVAILABLE + ex.getMessage());
		}
	}

	private static String tried(EscapeCase its, EscapeProgram program, ProcessSupervisor supervisor,
			Bystanders bystanders) {
		try {
			Observation seen = its.observe(program, supervisor);
			bystanders.assertUntouched();
			seen.assertPromises();
			return "ok " + its;
		}
		catch (TestAbortedException ex) {
			return "open " + its + ": " + ex.getMessage();
		}
		catch (Throwable ex) {
			return "broken " + its + ": " + String.valueOf(ex).replace('\n', ' ');
		}
	}

}
