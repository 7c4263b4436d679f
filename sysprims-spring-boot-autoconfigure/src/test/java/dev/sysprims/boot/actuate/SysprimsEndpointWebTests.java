package dev.sysprims.boot.actuate;

import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.sysprims.boot.fixture.RunningApplication.Response;
import dev.sysprims.boot.fixture.RunningApplication;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

/** The endpoint as an operator meets it: a started application, asked over HTTP. */
class SysprimsEndpointWebTests {

	private static final String SECRET = "tok3n-of-the-day";

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void theListShowsPlatformTotalsAndJobsNewestFirst() throws Exception {
		try (RunningApplication application = RunningApplication.start()) {
			Instant before = Instant.now();
			application.supervisor().run(JobSpec.command("/bin/sh", "-c", "exit 3").name("broken").build());
			Job running = startTree(application);
			JsonNode list = application.get("/actuator/sysprims").json();
			assertThat(list.propertyNames()).containsExactly("platform", "totals", "jobs");
			assertThat(list.get("platform").propertyNames()).containsExactly("os", "arch", "backend", "containment",
					"treeKillReliability");
			assertThat(list.at("/platform/os").asString()).isEqualTo("linux");
			assertThat(list.at("/platform/treeKillReliability").asString()).isIn("guaranteed", "best_effort");
			assertThat(list.get("totals").propertyNames()).containsExactly("started", "active", "succeeded", "failed",
					"timedOut", "terminated", "lost", "escalated", "survivors");
			assertThat(list.at("/totals/started").asInt()).isEqualTo(2);
			assertThat(list.at("/totals/active").asInt()).isOne();
			assertThat(list.at("/totals/failed").asInt()).isOne();
			assertThat(list.get("jobs")).hasSize(2);
			JsonNode first = list.at("/jobs/0");
			assertThat(first.propertyNames()).containsExactly("id", "name", "pid", "state", "startedAt", "escalated");
			assertThat(first.get("id").asString()).isEqualTo(running.id());
			assertThat(first.get("pid").asLong()).isEqualTo(running.pid());
			assertThat(first.get("state").asString()).isEqualTo("RUNNING");
			assertThat(Instant.parse(first.get("startedAt").asString())).isBetween(before.minusMillis(20),
					Instant.now());
			JsonNode second = list.at("/jobs/1");
			assertThat(second.propertyNames()).containsExactly("id", "name", "pid", "state", "startedAt", "outcome",
					"exitCode", "escalated");
			assertThat(second.get("name").asString()).isEqualTo("broken");
			assertThat(second.get("state").asString()).isEqualTo("ENDED");
			assertThat(second.get("outcome").asString()).isEqualTo("FAILED");
			assertThat(second.get("exitCode").asInt()).isEqualTo(3);
		}
	}

	@Test
	void oneJobShowsItsLiveTreeTheProgramFirst() {
		try (RunningApplication application = RunningApplication.start()) {
			Job job = startTree(application);
			JsonNode shown = application.get("/actuator/sysprims/" + job.id()).json();
			assertThat(shown.propertyNames()).containsExactly("id", "name", "pid", "state", "startedAt", "escalated",
					"treeKillReliability", "warnings", "processes", "output");
			JsonNode processes = shown.get("processes");
			assertThat(processes.get(0).propertyNames()).containsExactly("pid", "ppid", "name", "state", "startedAt");
			assertThat(processes.get(0).get("pid").asLong()).isEqualTo(job.pid());
			assertThat(processes.get(0).get("ppid").asLong()).isEqualTo(ProcessHandle.current().pid());
			assertThat(processes.valueStream().map((process) -> process.get("pid").asLong()))
				.contains(this.fixture.await("grandchild").pid());
			assertThat(processes.valueStream().map((process) -> process.get("state").asString()))
				.allMatch(List.of("running", "sleeping")::contains);
		}
	}

	@Test
	void neitherArgumentsNorEnvironmentNorOutputAreShown() {
		try (RunningApplication application = RunningApplication.start()) {
			Job job = application.supervisor()
				.start(JobSpec.command("/bin/sh", "-c", "echo out $0; echo err $PASSWORD >&2; exec sleep 60", SECRET)
					.env("PASSWORD", SECRET)
					.build());
			awaitOutput(job);
			Response list = application.get("/actuator/sysprims");
			Response one = application.get("/actuator/sysprims/" + job.id());
			assertThat(list.body()).doesNotContain(SECRET).doesNotContain("sleep 60");
			assertThat(one.body()).doesNotContain(SECRET).doesNotContain("sleep 60");
			assertThat(one.json().at("/output/stdout").asString()).isEqualTo("******");
			assertThat(one.json().at("/output/stderr").asString()).isEqualTo("******");
		}
	}

	@Test
	void theOutputIsShownWhereValuesAlwaysAre() {
		try (RunningApplication application = RunningApplication
			.start("management.endpoint.sysprims.show-values=always")) {
			Job job = startSecretive(application);
			JsonNode output = application.get("/actuator/sysprims/" + job.id()).json().get("output");
			assertThat(output.propertyNames()).containsExactly("stdout", "stderr", "dropped");
			assertThat(output.get("stdout").asString()).isEqualTo("out " + SECRET + "\n");
			assertThat(output.get("stderr").asString()).isEqualTo("err " + SECRET + "\n");
			assertThat(output.get("dropped").asLong()).isZero();
		}
	}

	@Test
	void theOutputIsShownToWhoeverHasARole() {
		try (RunningApplication application = RunningApplication.start(new Class<?>[] { UserFromTheQuery.class },
				"management.endpoint.sysprims.show-values=when-authorized", "management.endpoint.sysprims.roles=OPS")) {
			String job = "/actuator/sysprims/" + startSecretive(application).id();
			assertThat(application.get(job).body()).doesNotContain(SECRET);
			assertThat(application.get(job + "?role=GUEST").body()).doesNotContain(SECRET);
			assertThat(application.get(job + "?role=OPS").body()).contains(SECRET);
		}
	}

	@Test
	void sanitizingFunctionsAreAppliedToOutputThatIsShown() {
		try (RunningApplication application = RunningApplication.start(new Class<?>[] { HidesStderr.class },
				"management.endpoint.sysprims.show-values=always")) {
			JsonNode output = application.get("/actuator/sysprims/" + startSecretive(application).id())
				.json()
				.get("output");
			assertThat(output.get("stdout").asString()).contains(SECRET);
			assertThat(output.get("stderr").asString()).isEqualTo("******");
		}
	}

	@Test
	void anUnknownJobIsNotFound() {
		try (RunningApplication application = RunningApplication
			.start("management.endpoint.sysprims.access=unrestricted")) {
			assertThat(application.get("/actuator/sysprims/unknown").status()).isEqualTo(404);
			assertThat(application.delete("/actuator/sysprims/unknown").status()).isEqualTo(404);
		}
	}

	@Test
	void noProcessIdIsTakenForAJob() {
		try (RunningApplication application = RunningApplication
			.start("management.endpoint.sysprims.access=unrestricted")) {
			Job job = startTree(application);
			assertThat(application.delete("/actuator/sysprims/" + job.pid()).status()).isEqualTo(404);
			assertThat(this.fixture.await("leader").isAlive()).isTrue();
		}
	}

	@Test
	void endingAJobIsNotAllowedByDefault() {
		try (RunningApplication application = RunningApplication.start()) {
			Job job = startTree(application);
			assertThat(application.delete("/actuator/sysprims/" + job.id()).status()).isEqualTo(405);
			assertThat(application.delete("/actuator/sysprims/unknown").status()).isEqualTo(405);
			assertThat(this.fixture.await("leader").isAlive()).isTrue();
		}
	}

	@Test
	void endingAJobWhereAccessIsUnrestrictedEndsTheWholeTreeAndSaysHow() {
		try (RunningApplication application = RunningApplication
			.start("management.endpoint.sysprims.access=unrestricted")) {
			Job job = startTree(application);
			LiveProcess grandchild = this.fixture.await("grandchild");
			Response response = application.delete("/actuator/sysprims/" + job.id());
			assertThat(response.status()).isEqualTo(200);
			JsonNode ended = response.json();
			assertThat(ended.propertyNames()).containsExactly("id", "outcome", "escalated", "exited", "survivors",
					"elapsed");
			assertThat(ended.get("id").asString()).isEqualTo(job.id());
			assertThat(ended.get("outcome").asString()).isEqualTo("TERMINATED");
			assertThat(ended.get("escalated").asBoolean()).isFalse();
			assertThat(ended.get("exited").asBoolean()).isTrue();
			assertThat(ended.get("survivors").isArray()).isTrue();
			assertThat(ended.get("survivors")).isEmpty();
			assertThat(Duration.parse(ended.get("elapsed").asString())).isPositive();
			assertThat(this.fixture.survivors()).isEmpty();
			assertThat(grandchild.isAlive()).isFalse();
			assertThat(application.get("/actuator/sysprims/" + job.id()).json().get("processes")).isEmpty();
			Response again = application.delete("/actuator/sysprims/" + job.id());
			assertThat(again.status()).isEqualTo(200);
			assertThat(again.json()).isEqualTo(ended);
		}
	}

	@Test
	void withoutAccessThereIsNoEndpoint() {
		try (RunningApplication application = RunningApplication.start("management.endpoint.sysprims.access=none")) {
			assertThat(application.get("/actuator/sysprims").status()).isEqualTo(404);
			assertThat(application.context().getBeanNamesForType(SysprimsEndpoint.class)).isEmpty();
		}
	}

	@Test
	void healthIsUpWhileJobsFail() throws Exception {
		try (RunningApplication application = RunningApplication
			.start("management.endpoint.health.show-details=always")) {
			application.supervisor().run(JobSpec.command("false").build());
			JsonNode health = application.get("/actuator/health/sysprims").json();
			assertThat(health.get("status").asString()).isEqualTo("UP");
			assertThat(health.get("details").propertyNames()).contains("backend", "containment", "reliability",
					"active");
			application.supervisor().close();
			assertThat(application.get("/actuator/health/sysprims").status()).isEqualTo(503);
		}
	}

	@Test
	void theEndpointIsListedAmongTheOthers() {
		try (RunningApplication application = RunningApplication.start()) {
			assertThat(application.get("/actuator").json().at("/_links/sysprims-id/href").asString())
				.endsWith("/actuator/sysprims/{id}");
		}
	}

	private Job startTree(RunningApplication application) {
		Job job = application.supervisor().start(JobSpec.command(this.fixture.sh("""
				sh -c '. "$0"; announce grandchild; exec sleep 60' "$FIXTURE" &
				announce leader
				wait
				""")).name("tree").build());
		this.fixture.await("leader");
		this.fixture.await("grandchild");
		return job;
	}

	private Job startSecretive(RunningApplication application) {
		Job job = application.supervisor()
			.start(JobSpec.command("/bin/sh", "-c", "echo out $PASSWORD; echo err $PASSWORD >&2; exec sleep 60")
				.name("secretive")
				.env("PASSWORD", SECRET)
				.build());
		awaitOutput(job);
		return job;
	}

	private static void awaitOutput(Job job) {
		ProcessFixture.awaitTrue(() -> job.output().stdout().contains(SECRET) && job.output().stderr().contains(SECRET),
				"no output of " + job.name());
	}

	@Configuration(proxyBeanMethods = false)
	static class UserFromTheQuery {

		@Bean
		OncePerRequestFilter user() {
			return new OncePerRequestFilter() {
				@Override
				protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response,
						FilterChain chain) throws ServletException, IOException {
					chain.doFilter(new HttpServletRequestWrapper(request) {
						@Override
						public Principal getUserPrincipal() {
							return (request.getParameter("role") != null) ? () -> "somebody" : null;
						}

						@Override
						public boolean isUserInRole(String role) {
							return role.equals(request.getParameter("role"));
						}
					}, response);
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class HidesStderr {

		@Bean
		SanitizingFunction hidesStderr() {
			return (data) -> data.getKey().equals("sysprims.jobs.secretive.stderr") ? data.withSanitizedValue() : data;
		}

	}

}
