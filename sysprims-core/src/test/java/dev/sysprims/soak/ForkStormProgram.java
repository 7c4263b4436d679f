package dev.sysprims.soak;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.escape.Book;
import dev.sysprims.escape.EscapeProgram;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/**
 * Ends a job whose daemons fork all the time, in a PID namespace of its own, and asks its
 * kernel who is left: nobody else is in there.
 */
final class ForkStormProgram {

	private ForkStormProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		EscapeProgram program = EscapeProgram.at(Path.of(arguments[0]));
		int escapes = Integer.parseInt(arguments[1]);
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder()
			.containment(Containment.valueOf(arguments[2]))
			.shutdownHook(false)
			.build(); Book book = new Book()) {
			Job job = supervisor.start(JobSpec.command(program.breeders(escapes, book)).build());
			ProcessFixture.awaitTrue(() -> book.announced().size() > escapes, "the storm does not rise");
			long forks = lastPid();
			long begun = System.nanoTime();
			ProcessFixture.awaitTrue(() -> lastPid() - forks > 4L * escapes, "nobody forks");
			long rate = (lastPid() - forks) * 1_000_000_000 / (System.nanoTime() - begun);
			int seen = others().size();
			JobResult result = job
				.terminate(TerminateTreeConfig.builder().graceTimeout(Duration.ofMillis(200)).build());
			List<LiveProcess> left = others();
			System.out.println("storm of " + rate + " forks/s, " + seen + " processes at a time");
			System.out.println("exited " + result.termination().exited() + " survivors " + result.survivors().size()
					+ " left " + left);
			System.out.println("elapsed " + result.termination().elapsed().toMillis());
			supervisor.close(Duration.ofSeconds(5));
		}
		catch (SysprimsException ex) {
			System.out.println("unavailable " + ex.getMessage());
		}
	}

	/** All that live but the init, this JVM and the shell that guards it. */
	private static List<LiveProcess> others() throws IOException {
		List<LiveProcess> others = new ArrayList<>();
		for (ProcessHandle handle : ProcessHandle.allProcesses().toList()) {
			if (handle.pid() != 1 && handle.pid() != ProcessHandle.current().pid()) {
				try {
					LiveProcess process = LiveProcess.of("other", handle.pid());
					boolean guard = Files.readString(Path.of("/proc/" + handle.pid() + "/cmdline"))
						.startsWith("sh\0-s\0");
					if (process.isAlive() && !guard) {
						others.add(process);
					}
				}
				catch (UncheckedIOException | NoSuchFileException ex) {
					// It has just ended.
				}
			}
		}
		return others;
	}

	private static long lastPid() {
		// In one read: a second one of a number there is its end.
		try (BufferedReader in = Files.newBufferedReader(Path.of("/proc/sys/kernel/ns_last_pid"))) {
			return Long.parseLong(in.readLine());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
