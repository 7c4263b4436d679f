package dev.sysprims.supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.OutputMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The end of the JVM, seen from outside. */
class SupervisorShutdownIntegrationTests {

	private static final int JOBS = 20;

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void endWhatIsLeft() {
		this.fixture.close();
	}

	@Test
	void aJvmThatIsAskedToEndLeavesNoSurvivors() throws Exception {
		Path output = this.fixture.directory().resolve("jvm.out");
		Process jvm = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp",
				System.getProperty("java.class.path"), Application.class.getName(), this.fixture.sh("").get(2).trim())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			for (int i = 0; i < JOBS; i++) {
				this.fixture.await("top" + i);
				this.fixture.await("member" + i);
			}
			List<LiveProcess> all = this.fixture.announced();
			assertThat(all).hasSize(2 * JOBS).allMatch(LiveProcess::isAlive);
			long before = System.nanoTime();
			jvm.destroy();
			assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).as("it ends: %s", output).isTrue();
			assertThat(all).noneMatch(LiveProcess::isAlive);
			assertThat(output).content().contains("a supervisor made during shutdown: SUCCEEDED");
			assertThat(Duration.ofNanos(System.nanoTime() - before)).as("one grace for all")
				.isLessThan(Duration.ofSeconds(20));
		}
		finally {
			jvm.destroyForcibly().waitFor();
		}
	}

	/** An application that never closes its supervisor. */
	static final class Application {

		private Application() {
		}

		public static void main(String[] arguments) throws InterruptedException {
			ProcessSupervisor supervisor = ProcessSupervisor.builder().graceTimeout(Duration.ofSeconds(2)).build();
			for (int i = 0; i < JOBS; i++) {
				String member = (i % 3 == 0) ? "trap \"\" TERM; " : "";
				String script = arguments[0] + "\nsh -c '. \"$0\"; " + member + "announce member" + i
						+ "; while :; do sleep 0.2; done' \"$FIXTURE\" &\nannounce top" + i + "; wait";
				JobSpec.Builder job = JobSpec.command("/bin/sh", "-c", script).name("job" + i);
				switch (i % 4) {
					case 0 -> job.piped();
					case 1 -> job.stdout(OutputMode.lines((line) -> {
					}));
					case 2 -> job.timeout(Duration.ofHours(1)).stdout(OutputMode.discard());
					default -> job.mergeStderr();
				}
				supervisor.start(job.build());
			}
			Runtime.getRuntime().addShutdownHook(new Thread(Application::superviseDuringShutdown));
			Thread.currentThread().join();
		}

		private static void superviseDuringShutdown() {
			try (ProcessSupervisor late = ProcessSupervisor.builder().build()) {
				System.out.println(
						"a supervisor made during shutdown: " + late.run(JobSpec.command("true").build()).outcome());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
