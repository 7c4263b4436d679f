package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/**
 * Runs a fork bomb as a job, where the number of processes is limited, ends it, and says
 * what became of it, of starts meanwhile, and of starts afterwards.
 */
final class ForkBombProgram {

	private static final String TOKEN = "FORK_BOMB";

	/**
	 * Ignores what asks it to end, leaves its group now and then, and never comes to
	 * rest: some of those that cannot fork die and make room for others. A shell would
	 * give up.
	 */
	private static final String SCRIPT = """
			$SIG{TERM} = 'IGNORE';
			$first = $$;
			<STDIN>;
			while (1) {
				$child = fork;
				if (!defined $child) {
					exit if $$ != $first && rand() < $ARGV[0];
					select(undef, undef, undef, 0.2);
				}
				elsif ($child == 0) {
					setpgrp if rand() < 0.3;
				}
			}
			""";

	/** A thread of the library that has nothing to do is gone by then. */
	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(15);

	private ForkBombProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		Containment containment = Containment.valueOf(arguments[0]);
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder()
			.containment(containment)
			.subreaper(Boolean.parseBoolean(arguments[1]))
			.graceTimeout(Duration.ofMillis(200))
			.killTimeout(Duration.ofSeconds(20))
			.build()) {
			System.out.println("containment " + supervisor.platform().containment());
			supervisor.run(JobSpec.command("true").build());
			List<String> descriptors = OpenDescriptors.ofWork();
			Job quiet = supervisor.start(bomb("0"));
			if (containment == Containment.CGROUP) {
				// On the other tiers the ledger keeps the thread busy.
				long started = System.nanoTime();
				ProcessFixture.awaitTrue(() -> !isThere("sysprims-sweeper") || System.nanoTime() - started > IDLE_NANOS,
						"that cannot be");
			}
			ignite(quiet);
			// Nothing is asked of the supervisor before there is no thread to be had.
			ProcessFixture.awaitTrue(ForkBombProgram::isFull, "the limit was not reached");
			end(quiet);
			Job second = supervisor.start(bomb("0.1"));
			ignite(second);
			System.out.println("refused " + firstRefusal(supervisor));
			end(second);
			System.out.println("left processes " + left());
			JobResult after = supervisor.run(JobSpec.command("sh", "-c", "echo said").build());
			System.out.println("after " + after.outcome() + " " + after.reliability());
			System.out.println("left descriptors " + Math.max(0, OpenDescriptors.ofWork().size() - descriptors.size()));
		}
	}

	/** Of those that cannot fork this part dies, which makes room for others. */
	private static JobSpec bomb(String dying) {
		return JobSpec.command("perl", "-e", SCRIPT, dying).env(TOKEN, "1").piped().build();
	}

	private static void ignite(Job bomb) throws IOException {
		bomb.stdin().write("go\n".getBytes(StandardCharsets.US_ASCII));
		bomb.stdin().flush();
	}

	private static void end(Job bomb) {
		JobResult result = bomb.terminate();
		boolean exited = result.termination() != null && result.termination().exited();
		System.out.println("ended " + result.outcome() + " " + result.reliability() + " escalated " + result.escalated()
				+ " exited " + exited + " survivors " + result.survivors().size());
		result.warnings().forEach((warning) -> System.out.println("warning " + warning));
	}

	private static boolean isFull() {
		Thread one = new Thread(() -> {
		});
		try {
			one.start();
			return false;
		}
		catch (OutOfMemoryError ex) {
			return true;
		}
	}

	private static boolean isThere(String thread) {
		return Thread.getAllStackTraces().keySet().stream().anyMatch((it) -> it.getName().equals(thread));
	}

	/** Some starts still find room. */
	private static String firstRefusal(ProcessSupervisor supervisor) throws InterruptedException {
		long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
		while (System.nanoTime() < deadline) {
			try {
				supervisor.run(JobSpec.command("true").build());
			}
			catch (SysprimsException ex) {
				return ex.kind() + " " + ex.getMessage();
			}
		}
		return ErrorKind.TIMEOUT.toString();
	}

	private static long left() throws IOException {
		try (Stream<Path> all = Files.list(Path.of("/proc"))) {
			return all.filter((path) -> path.getFileName().toString().matches("\\d+"))
				.filter(ForkBombProgram::isOfTheBomb)
				.count();
		}
	}

	private static boolean isOfTheBomb(Path process) {
		try {
			return new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1)
				.contains(TOKEN + "=1\0");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
