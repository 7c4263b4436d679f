package dev.sysprims.supervisor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.process.OutputMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gigabyte of output in a JVM that has a heap of 48 MB: either nothing is lost or the
 * loss is declared, and memory is bounded in both cases.
 */
class MuchOutputIntegrationTests {

	private static final long GIGABYTE = 1L << 30;

	@ParameterizedTest
	@ValueSource(strings = { "tail", "lines", "one line", "stream", "discard", "file" })
	void aGigabyteFitsIntoASmallHeap(String mode) throws Exception {
		String said = new ChildJvm().through("env", "JAVA_TOOL_OPTIONS=-Xmx48m --enable-native-access=ALL-UNNAMED")
			.run(Consumer.class, mode);
		assertThat(said).contains("well done");
	}

	/** Runs in a JVM of its own. */
	static final class Consumer {

		private static final int LINE = 128;

		/** What a line without end comes in. */
		private static final int PIECE = 1 << 20;

		private Consumer() {
		}

		public static void main(String[] arguments) throws Exception {
			try (ProcessSupervisor supervisor = ProcessSupervisor.builder().shutdownHook(false).build()) {
				switch (arguments[0]) {
					case "tail" -> tail(supervisor);
					case "lines" -> lines(supervisor);
					case "one line" -> oneLine(supervisor);
					case "discard" -> discard(supervisor);
					case "file" -> file(supervisor);
					default -> stream(supervisor);
				}
			}
			require(peakKb() < 400_000, "more memory than a heap of 48 MB and a JVM take: " + peakKb() + " KiB");
			System.out.println("well done");
		}

		private static void tail(ProcessSupervisor supervisor) throws InterruptedException {
			Job job = supervisor.start(JobSpec.command("head", "-c", "1G", "/dev/zero").build());
			require(job.await().outcome() == JobOutcome.SUCCEEDED, "outcome");
			require(job.output().dropped() + job.output().stdoutBytes().length == GIGABYTE, "count");
		}

		private static void lines(ProcessSupervisor supervisor) throws InterruptedException {
			AtomicLong taken = new AtomicLong();
			String line = "y".repeat(LINE - 1);
			Job job = supervisor
				.start(JobSpec.command("sh", "-c", "yes " + line + " | head -c 1G").stdout(OutputMode.lines((text) -> {
					require(text.equals(line), "a damaged line");
					taken.incrementAndGet();
					LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
				})).build());
			require(job.await().outcome() == JobOutcome.SUCCEEDED, "outcome");
			long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
			while (taken.get() + job.output().dropped() < GIGABYTE / LINE && System.nanoTime() < deadline) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
			}
			require(taken.get() + job.output().dropped() == GIGABYTE / LINE, "count");
		}

		private static void oneLine(ProcessSupervisor supervisor) throws InterruptedException {
			AtomicLong taken = new AtomicLong();
			Job job = supervisor.start(JobSpec.command("sh", "-c", "head -c 1G /dev/zero | tr '\\0' y")
				.stdout(OutputMode.lines((piece) -> {
					require(piece.length() == PIECE, "a piece of " + piece.length());
					taken.incrementAndGet();
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
				}))
				.build());
			require(job.await().outcome() == JobOutcome.SUCCEEDED, "outcome");
			long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
			while (taken.get() + job.output().dropped() < GIGABYTE / PIECE && System.nanoTime() < deadline) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
			}
			require(taken.get() + job.output().dropped() == GIGABYTE / PIECE, "count");
		}

		private static void discard(ProcessSupervisor supervisor) throws InterruptedException {
			JobResult result = supervisor
				.run(JobSpec.command("head", "-c", "1G", "/dev/zero").stdout(OutputMode.discard()).build());
			require(result.outcome() == JobOutcome.SUCCEEDED, "outcome");
		}

		private static void file(ProcessSupervisor supervisor) throws Exception {
			Path file = Files.createTempFile("sysprims-much-output-", "");
			try {
				JobResult result = supervisor
					.run(JobSpec.command("head", "-c", "1G", "/dev/zero").stdout(OutputMode.file(file)).build());
				require(result.outcome() == JobOutcome.SUCCEEDED, "outcome");
				require(Files.size(file) == GIGABYTE, "lost " + (GIGABYTE - Files.size(file)));
			}
			finally {
				Files.delete(file);
			}
		}

		/** Of the whole JVM, with what is not in its heap. */
		private static long peakKb() throws IOException {
			return Files.readAllLines(Path.of("/proc/self/status"))
				.stream()
				.filter((line) -> line.startsWith("VmHWM:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("[^0-9]", "")))
				.findFirst()
				.orElse(0);
		}

		private static void stream(ProcessSupervisor supervisor) throws Exception {
			Job job = supervisor.start(JobSpec.command("head", "-c", "1G", "/dev/zero").piped().build());
			require(job.await(Duration.ofMillis(500)).isEmpty(), "the program is not held up");
			long count = 0;
			byte[] buffer = new byte[1 << 16];
			InputStream output = job.toProcess().getInputStream();
			for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
				count += read;
			}
			require(count == GIGABYTE, "lost " + (GIGABYTE - count));
			require(job.await().outcome() == JobOutcome.SUCCEEDED, "outcome");
		}

		private static void require(boolean condition, String what) {
			if (!condition) {
				throw new IllegalStateException(what);
			}
		}

	}

}
