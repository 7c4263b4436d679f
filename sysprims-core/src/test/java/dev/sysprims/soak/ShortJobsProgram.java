package dev.sysprims.soak;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/**
 * Runs short jobs one after the other, in a JVM that does nothing else, and prints what
 * it has open before and after: once the threads that end when idle have ended.
 */
final class ShortJobsProgram {

	/** More than any history or table of kept statuses holds. */
	private static final int WARM_UP = 1_500;

	private ShortJobsProgram() {
	}

	public static void main(String[] arguments) throws Exception {
		Containment containment = Containment.valueOf(arguments[0]);
		int count = Integer.parseInt(arguments[1]);
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder()
			.containment(containment)
			.shutdownHook(false)
			.build()) {
			run(supervisor, WARM_UP);
			System.out.println("before " + State.atRest());
			run(supervisor, count);
			System.out.println("after " + State.atRest());
			System.out.println("succeeded " + supervisor.totals().succeeded());
			supervisor.close(Duration.ofSeconds(10));
		}
		catch (SysprimsException ex) {
			System.out.println("unavailable " + ex.getMessage());
		}
	}

	/** Half of them with pipes that nobody reads. */
	private static void run(ProcessSupervisor supervisor, int count) throws InterruptedException {
		for (int i = 0; i < count; i++) {
			JobSpec.Builder spec = JobSpec.command("/bin/true");
			JobOutcome outcome = supervisor.run(((i % 2 == 0) ? spec : spec.piped()).build()).outcome();
			if (outcome != JobOutcome.SUCCEEDED) {
				throw new AssertionError("Job " + i + " has " + outcome);
			}
		}
	}

	/** What this JVM holds. */
	record State(int descriptors, int threads, long children, long cgroups, long heap) {

		static State atRest() throws IOException {
			ProcessFixture
				.awaitTrue(
						() -> Thread.getAllStackTraces()
							.keySet()
							.stream()
							.noneMatch((thread) -> thread.getName().startsWith("sysprims-")),
						"threads of ours do not end");
			return new State(countDescriptors(), ManagementFactory.getThreadMXBean().getThreadCount(),
					ProcessHandle.current().children().count(), countCgroups(), usedHeap());
		}

		private static int countDescriptors() {
			String[] open = new File("/proc/self/fd").list();
			return (open != null) ? open.length : -1;
		}

		/**
		 * Live or not: a zombie is a child too. Of cgroups those that bear our number.
		 */
		private static long countCgroups() throws IOException {
			String ours = "sysprims-\\d+-" + ProcessHandle.current().pid() + "-.*";
			try (Stream<Path> all = Files.find(Path.of("/sys/fs/cgroup"), 12,
					(path, facts) -> facts.isDirectory() && path.toString().matches(".*/" + ours))) {
				return all.count();
			}
		}

		private static long usedHeap() {
			for (int i = 0; i < 3; i++) {
				System.gc();
			}
			return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
		}

		/** As printed by {@link #toString()}. */
		static State parse(String text) {
			long[] numbers = Stream.of(text.replaceAll("[^0-9,]", "").split(",")).mapToLong(Long::parseLong).toArray();
			return new State((int) numbers[0], (int) numbers[1], numbers[2], numbers[3], numbers[4]);
		}

	}

}
