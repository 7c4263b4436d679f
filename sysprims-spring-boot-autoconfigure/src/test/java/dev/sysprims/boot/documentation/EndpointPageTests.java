package dev.sysprims.boot.documentation;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.sysprims.boot.actuate.JobDescriptor;
import dev.sysprims.boot.actuate.JobDetailsDescriptor;
import dev.sysprims.boot.actuate.JobsDescriptor;
import dev.sysprims.boot.actuate.OutputDescriptor;
import dev.sysprims.boot.actuate.PlatformDescriptor;
import dev.sysprims.boot.actuate.ProcessDescriptor;
import dev.sysprims.boot.actuate.SurvivorDescriptor;
import dev.sysprims.boot.actuate.TerminationDescriptor;
import dev.sysprims.boot.actuate.TotalsDescriptor;
import dev.sysprims.boot.fixture.RunningApplication;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.ProcessState;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/endpoint.md} against the bodies of a started application. */
class EndpointPageTests {

	private static final Map<String, Class<?>> BODIES = Map.of("list", JobsDescriptor.class, "jobs",
			JobDescriptor.class, "platform", PlatformDescriptor.class, "totals", TotalsDescriptor.class, "one job",
			JobDetailsDescriptor.class, "processes", ProcessDescriptor.class, "output", OutputDescriptor.class,
			"DELETE", TerminationDescriptor.class, "survivors", SurvivorDescriptor.class);

	@Test
	void theExamplesHaveTheShapeOfRealBodies() throws Exception {
		try (ProcessFixture fixture = new ProcessFixture();
				RunningApplication application = RunningApplication.start(
						"management.endpoint.sysprims.access=unrestricted",
						"management.endpoint.sysprims.show-values=always")) {
			application.supervisor()
				.run(JobSpec.command("/bin/sh", "-c", "echo 'cannot read input.jpg' >&2; exit 3")
					.name("thumbnail")
					.build());
			Job job = application.supervisor().start(JobSpec.command(fixture.sh("""
					sh -c '. "$0"; announce encoder; exec sleep 60' "$FIXTURE" &
					echo frame=1
					announce transcode
					wait
					""")).name("transcode").build());
			fixture.await("transcode");
			fixture.await("encoder");
			ProcessFixture.awaitTrue(() -> job.output().stdout().contains("frame=1"), "no output");
			String path = "/actuator/sysprims";
			assertExample("### GET " + path, application.get(path).json());
			assertExample("### GET " + path + "/{id}", application.get(path + "/" + job.id()).json());
			assertExample("### DELETE " + path + "/{id}", application.delete(path + "/" + job.id()).json());
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "list", "platform", "totals", "jobs", "one job", "processes", "output", "DELETE", "survivors" })
	void theTableOfNamesIsComplete(String body) {
		Map<String, List<String>> documented = MarkdownTable.rows("endpoint.md", "## Names");
		assertThat(documented).containsKey(body);
		assertThat(documented.get(body).get(0).split(" ")).containsExactlyElementsOf(components(BODIES.get(body)));
	}

	@Test
	void theValuesAreThoseOfTheConstants() {
		Map<String, List<String>> documented = MarkdownTable.rows("endpoint.md", "## Values");
		assertThat(documented).isEqualTo(Map.of("state of a job", words(JobState.values(), JobState::name),
				"outcome of a job", words(JobOutcome.values(), JobOutcome::name), "state of a process",
				words(ProcessState.values(), ProcessState::contractName), "treeKillReliability",
				words(TreeKillReliability.values(), TreeKillReliability::contractName), "outcome of a survivor",
				List.of(MemberOutcome.SURVIVED + " " + MemberOutcome.NOT_PERMITTED)));
	}

	private static <T> List<String> words(T[] constants, Function<T, String> word) {
		return List.of(Arrays.stream(constants).map(word).collect(Collectors.joining(" ")));
	}

	private static List<String> components(Class<?> body) {
		return Arrays.stream(body.getRecordComponents()).map(RecordComponent::getName).toList();
	}

	private static void assertExample(String heading, JsonNode real) {
		Matcher block = Pattern.compile(Pattern.quote("\n" + heading + "\n") + ".*?```json\n(.*?)```", Pattern.DOTALL)
			.matcher(MarkdownTable.page("endpoint.md"));
		assertThat(block.find()).as("example under '%s'; real body: %s", heading, real.toPrettyString()).isTrue();
		JsonNode example = new JsonMapper().readTree(block.group(1));
		assertThat(shape(example)).as("example under '%s'; real body: %s", heading, real.toPrettyString())
			.isEqualTo(shape(real));
	}

	/** The tree with the kind of each value in place of the value. */
	private static Object shape(JsonNode node) {
		if (node.isObject()) {
			Map<String, Object> shape = new TreeMap<>();
			node.forEachEntry((name, value) -> shape.put(name, shape(value)));
			return node.propertyNames() + " " + shape;
		}
		if (node.isArray()) {
			// Whether there are warnings depends on the system.
			return node.valueStream().filter((value) -> !value.isString()).map(EndpointPageTests::shape).toList();
		}
		return node.getNodeType();
	}

}
