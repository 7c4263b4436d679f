package dev.sysprims.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.sample.ConsoleClient.Answer;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/** The console as curl meets it: real presets, real processes, over loopback. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class JobConsoleIntegrationTests {

	/** For the archive of a whole JDK on a busy machine. */
	private static final Duration LONG = Duration.ofMinutes(3);

	private final ConsoleClient console;

	private final ProcessSupervisor supervisor;

	private final WorkDirectory workDirectory;

	@Autowired
	JobConsoleIntegrationTests(@Value("${local.server.port}") int port, ProcessSupervisor supervisor,
			WorkDirectory workDirectory) {
		this.console = new ConsoleClient(port);
		this.supervisor = supervisor;
		this.workDirectory = workDirectory;
	}

	@AfterEach
	void endAll() {
		this.supervisor.jobs().forEach((job) -> job.toProcess().destroyForcibly());
		this.supervisor.jobs().forEach(Job::terminate);
	}

	@Test
	void aPresetIsStartedAndItsJobShownWithItsPlace() throws Exception {
		Answer answer = this.console.post("/jobs/sleeper");
		assertThat(answer.status()).isEqualTo(201);
		JsonNode job = answer.json();
		String place = "/jobs/" + job.get("id").asString();
		assertThat(answer.header("Location")).isEqualTo(this.console.base() + place);
		assertThat(job.get("name").asString()).isEqualTo("sleeper");
		assertThat(job.get("state").asString()).isEqualTo("RUNNING");
		assertThat(Kernel.process(job.get("pid").asLong()).isAlive()).isTrue();
		JsonNode found = this.console.get(place).json();
		assertThat(found.get("pid")).isEqualTo(job.get("pid"));
		assertThat(found.at("/processes/0/pid")).isEqualTo(job.get("pid"));
		assertThat(found.has("outcome")).isFalse();
	}

	@Test
	void anUnknownPresetIsNotFoundAndTheAnswerSaysWhichThereAre() throws Exception {
		long before = this.supervisor.totals().started();
		Answer answer = this.console.post("/jobs/rm");
		assertThat(answer.status()).isEqualTo(404);
		assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
		assertThat(answer.json().get("detail").asString()).contains("'rm'",
				"archive, index, stubborn, chatty, sleeper, crash");
		assertThat(this.supervisor.totals().started()).isEqualTo(before);
	}

	@Test
	void anUnknownJobIsNotFound() throws Exception {
		for (String method : List.of("GET", "DELETE")) {
			Answer answer = this.console.send(method, "/jobs/none-1");
			assertThat(answer.status()).isEqualTo(404);
			assertThat(answer.json().get("detail").asString()).contains("'none-1'");
			assertThat(this.console.send(method, "/actuator/sysprims/none-1").status()).isEqualTo(404);
		}
	}

	@Test
	void aMethodThatIsNotThereIsNotAllowed() throws Exception {
		assertThat(this.console.send("PUT", "/jobs").status()).isEqualTo(405);
		assertThat(this.console.delete("/jobs").status()).isEqualTo(405);
		assertThat(this.console.delete("/actuator/sysprims").status()).isEqualTo(405);
	}

	@Test
	void theListIsNewestFirst() throws Exception {
		String first = this.console.start("sleeper");
		String second = this.console.start("sleeper");
		JsonNode list = this.console.get("/jobs").json();
		assertThat(list.at("/0/id").asString()).isEqualTo(second);
		assertThat(list.at("/1/id").asString()).isEqualTo(first);
		assertThat(list.at("/1/processes")).hasSize(1);
	}

	@Test
	void archiveMakesAGzipFileOfTheWholeJdkAndSaysHowLarge() throws Exception {
		String id = this.console.start("archive");
		assertThat(awaitEnd(id).outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		Path file = this.workDirectory.path().resolve("jdk.tar.gz");
		JsonNode job = this.console.get("/jobs/" + id).json();
		assertThat(job.get("exitCode").asInt()).isZero();
		assertThat(job.at("/output/0").asString()).isEqualTo(file + " has " + Files.size(file) + " bytes");
		assertThat(Files.size(file)).isGreaterThan(1_000_000);
		assertThat(exitCode("gzip", "-t", file.toString())).isZero();
		assertThat(exitCode("sh", "-c", "tar -tzf \"$1\" | grep -qx ./release", "check", file.toString())).isZero();
		assertThat(this.workDirectory.path()).isDirectoryNotContaining("glob:**.part");
	}

	@Test
	void anArchiveThatIsEndedLeavesNoPieceOfAFile() throws Exception {
		String id = this.console.start("archive");
		ProcessFixture.awaitTrue(() -> namesOf(id).containsAll(List.of("tar", "gzip")), "no pipeline");
		List<LiveProcess> tree = this.console.tree(id);
		JsonNode ended = this.console.delete("/jobs/" + id).json();
		assertThat(ended.get("outcome").asString()).isEqualTo("TERMINATED");
		assertThat(ended.get("escalated").asBoolean()).isFalse();
		assertThat(tree).noneMatch(LiveProcess::isAlive);
		assertThat(this.workDirectory.path()).isDirectoryNotContaining("glob:**.part");
	}

	@Test
	void indexListsTheFilesOfTheJdkInOrder() throws Exception {
		String id = this.console.start("index");
		assertThat(awaitEnd(id).outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		Path file = this.workDirectory.path().resolve("index.txt");
		List<String> lines = Files.readAllLines(file);
		assertThat(lines).contains(System.getProperty("java.home") + "/release");
		assertThat(this.console.get("/jobs/" + id).json().at("/output/0").asString())
			.isEqualTo(file + " has " + lines.size() + " lines");
	}

	@Test
	void aStubbornTreeIsShownThenEndedByForceAndCounted() throws Exception {
		double before = escalations();
		String id = startStubborn();
		List<LiveProcess> tree = this.console.tree(id);
		JsonNode ended = this.console.delete("/jobs/" + id).json();
		assertThat(ended.get("id").asString()).isEqualTo(id);
		assertThat(ended.get("outcome").asString()).isEqualTo("TERMINATED");
		assertThat(ended.get("escalated").asBoolean()).isTrue();
		assertThat(ended.get("survivors")).isEmpty();
		assertThat(ended.get("members").valueStream().map((member) -> member.get("outcome").asString())).hasSize(5)
			.containsOnly("KILLED");
		assertThat(tree).noneMatch(LiveProcess::isAlive);
		assertThat(Kernel.inSessionsOf(tree)).isEmpty();
		assertThat(escalations()).isEqualTo(before + 1);
		assertThat(this.console.get("/jobs/" + id).json().get("processes")).isEmpty();
	}

	@Test
	void theEndpointEndsAStubbornTreeToo() throws Exception {
		double before = escalations();
		String id = startStubborn();
		List<LiveProcess> tree = this.console.tree(id);
		JsonNode ended = this.console.delete("/actuator/sysprims/" + id).json();
		assertThat(ended.get("escalated").asBoolean()).isTrue();
		assertThat(ended.get("exited").asBoolean()).isTrue();
		assertThat(ended.get("survivors")).isEmpty();
		assertThat(tree).noneMatch(LiveProcess::isAlive);
		assertThat(escalations()).isEqualTo(before + 1);
	}

	@Test
	void chattyIsKeptShortAndEndsWhenAsked() throws Exception {
		String id = this.console.start("chatty");
		Job job = this.supervisor.job(id).orElseThrow();
		ProcessFixture.awaitTrue(() -> job.output().dropped() > 0, "no output was dropped");
		JsonNode shown = this.console.get("/jobs/" + id).json();
		assertThat(shown.get("output")).hasSizeBetween(100, 200);
		assertThat(shown.get("output").valueStream().map(JsonNode::asString))
			.allMatch((line) -> line.matches("line [0-9]+"));
		assertThat(this.console.get("/jobs").json().at("/0/output")).hasSize(12);
		List<LiveProcess> tree = this.console.tree(id);
		JsonNode ended = this.console.delete("/jobs/" + id).json();
		assertThat(ended.get("escalated").asBoolean()).isFalse();
		assertThat(tree).noneMatch(LiveProcess::isAlive);
	}

	@Test
	void sleeperIsOneProgramThatEndsByTheFirstSignal() throws Exception {
		String id = this.console.start("sleeper");
		List<LiveProcess> tree = this.console.tree(id);
		assertThat(tree).hasSize(1);
		JsonNode ended = this.console.delete("/jobs/" + id).json();
		assertThat(ended.get("signal").asString()).isEqualTo("SIGTERM");
		assertThat(ended.get("escalated").asBoolean()).isFalse();
		assertThat(tree).noneMatch(LiveProcess::isAlive);
	}

	@Test
	void crashFailsWithItsCodeAndItsLastWords() throws Exception {
		String id = this.console.start("crash");
		awaitEnd(id);
		JsonNode job = this.console.get("/jobs/" + id).json();
		assertThat(job.get("state").asString()).isEqualTo("ENDED");
		assertThat(job.get("outcome").asString()).isEqualTo("FAILED");
		assertThat(job.get("exitCode").asInt()).isEqualTo(3);
		assertThat(job.at("/output/0").asString()).isEqualTo("There is nothing I can do.");
	}

	@Test
	void endingAJobThatHasEndedTellsHowItEnded() throws Exception {
		String id = this.console.start("crash");
		awaitEnd(id);
		JsonNode ended = this.console.delete("/jobs/" + id).json();
		assertThat(ended.get("outcome").asString()).isEqualTo("FAILED");
		assertThat(ended.get("exitCode").asInt()).isEqualTo(3);
		assertThat(ended.get("survivors")).isEmpty();
	}

	@Test
	void aPageOfAnotherOriginNeitherStartsNorEndsAnything() throws Exception {
		String id = this.console.start("sleeper");
		long before = this.supervisor.totals().started();
		String[] foreign = { "Origin", "https://evil.example" };
		assertThat(this.console.post("/jobs/sleeper", foreign).status()).isEqualTo(403);
		assertThat(this.console.delete("/jobs/" + id, foreign).status()).isEqualTo(403);
		assertThat(this.console.delete("/actuator/sysprims/" + id, foreign).status()).isEqualTo(403);
		assertThat(this.supervisor.totals().started()).isEqualTo(before);
		assertThat(this.supervisor.totals().active()).isOne();
		String[] own = { "Origin", this.console.base().toString(), "Sec-Fetch-Site", "same-origin" };
		assertThat(this.console.delete("/jobs/" + id, own).status()).isEqualTo(200);
	}

	@Test
	void aSiteWhoseNameWasPointedHereReadsNothing() throws Exception {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.console.base().getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write("GET /jobs HTTP/1.1\r\nHost: rebound.evil.example\r\nConnection: close\r\n\r\n"
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 403");
		}
	}

	@Test
	void thePageIsServedUnderAPolicyThatAllowsItsOwnFilesOnly() throws Exception {
		Answer page = this.console.get("/");
		assertThat(page.header("Content-Type")).startsWith("text/html");
		assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self';");
		assertThat(page.body()).contains("<script src=\"console.js\" defer></script>");
		assertThat(this.console.get("/console.js").header("Content-Type")).contains("javascript");
		assertThat(this.console.get("/console.css").header("Content-Type")).startsWith("text/css");
		assertThat(this.console.get("/presets").json()).hasSize(6);
	}

	@Test
	void healthAndMetricsAreThere() throws Exception {
		awaitEnd(this.console.start("crash"));
		assertThat(this.console.get("/actuator/health").json().at("/components/sysprims/status").asString())
			.isEqualTo("UP");
		assertThat(this.console.get("/actuator/prometheus").body()).contains("sysprims_jobs_started_total",
				"sysprims_escalations_total");
	}

	/** Waits until all five processes are there and none would still end by SIGTERM. */
	private String startStubborn() throws IOException, InterruptedException {
		String id = this.console.start("stubborn");
		ProcessFixture.awaitTrue(() -> namesOf(id).equals(List.of("sh", "sh", "sleep", "sleep", "sleep")),
				"the tree did not grow");
		return id;
	}

	private List<String> namesOf(String id) {
		try {
			return this.console.get("/actuator/sysprims/" + id)
				.json()
				.get("processes")
				.valueStream()
				.map((process) -> process.get("name").asString())
				.sorted()
				.toList();
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private double escalations() throws IOException, InterruptedException {
		return this.console.get("/actuator/metrics/sysprims.escalations").json().at("/measurements/0/value").asDouble();
	}

	private JobResult awaitEnd(String id) throws InterruptedException {
		return this.supervisor.job(id).orElseThrow().await(LONG).orElseThrow();
	}

	private @Nullable Integer exitCode(String... command) throws InterruptedException {
		return this.supervisor.run(JobSpec.command(command).timeout(LONG).build()).exitCode();
	}

}
