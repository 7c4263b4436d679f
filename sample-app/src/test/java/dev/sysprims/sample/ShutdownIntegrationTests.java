package dev.sysprims.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sysprims.fixture.LiveProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The packaged application in a JVM of its own, until SIGTERM. */
class ShutdownIntegrationTests {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port ([0-9]+)");

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	/** {@code spring.lifecycle.timeout-per-shutdown-phase} of the application. */
	private static final Duration BUDGET = Duration.ofSeconds(10);

	private static final List<String> TWENTY_JOBS = List.of("archive", "stubborn", "chatty", "sleeper", "stubborn",
			"index", "sleeper", "stubborn", "chatty", "archive", "stubborn", "sleeper", "crash", "stubborn", "chatty",
			"sleeper", "stubborn", "chatty", "stubborn", "sleeper");

	@TempDir
	private Path directory;

	@Test
	void sigtermEndsTheApplicationAndAllTreesOfTwentyMixedJobsWithinTheBudget() throws Exception {
		List<LiveProcess> members = new ArrayList<>();
		Path output = this.directory.resolve("output.txt");
		Process application = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-jar", jar().toString(), "--server.port=0",
				"--sample.work-directory=" + this.directory.resolve("work"))
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			ConsoleClient console = new ConsoleClient(port(application, output));
			List<String> ids = new ArrayList<>();
			for (String preset : TWENTY_JOBS) {
				ids.add(console.start(preset));
			}
			for (int i = 0; i < ids.size(); i++) {
				members.addAll(grownTree(console, TWENTY_JOBS.get(i), ids.get(i)));
			}
			// The index is made in an instant and the crash is quick; an archive may be
			// finished too.
			members.removeIf((member) -> !member.isAlive());
			assertThat(members).as("7 stubborn trees of 5, 4 chatty, 5 sleepers").hasSizeGreaterThanOrEqualTo(44);
			JsonNode totals = console.get("/actuator/sysprims").json().get("totals");
			assertThat(totals.get("started").asInt()).isEqualTo(20);

			application.destroy();

			assertThat(application.waitFor(BUDGET.toSeconds(), TimeUnit.SECONDS)).as("ended within %s", BUDGET)
				.isTrue();
			assertThat(application.exitValue()).isEqualTo(128 + 15);
			assertThat(members).noneMatch(LiveProcess::isAlive);
			assertThat(Kernel.inSessionsOf(members)).isEmpty();
		}
		catch (Throwable ex) {
			throw new AssertionError("The application said: " + Files.readString(output), ex);
		}
		finally {
			application.destroyForcibly();
			members.forEach(LiveProcess::kill);
		}
	}

	private static List<LiveProcess> grownTree(ConsoleClient console, String preset, String id)
			throws IOException, InterruptedException {
		int expected = preset.equals("stubborn") ? 5 : 0;
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			List<LiveProcess> tree = console.tree(id);
			if (tree.size() >= expected) {
				return tree;
			}
			assertThat(System.nanoTime()).as("tree of " + preset).isLessThan(deadline);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
	}

	private static Path jar() {
		Path jar = Path.of("target", "sample-app.jar").toAbsolutePath();
		assertThat(jar).as("the packaged application; run this test with mvn verify").isRegularFile();
		return jar;
	}

	private static int port(Process application, Path output) throws IOException {
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (true) {
			Matcher started = PORT.matcher(Files.readString(output, StandardCharsets.UTF_8));
			if (started.find()) {
				return Integer.parseInt(started.group(1));
			}
			assertThat(application.isAlive()).as("the application lives").isTrue();
			assertThat(System.nanoTime()).as("time to start").isLessThan(deadline);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
		}
	}

}
