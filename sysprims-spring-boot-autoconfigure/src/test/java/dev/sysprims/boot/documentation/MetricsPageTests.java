package dev.sysprims.boot.documentation;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.sysprims.boot.fixture.FakeJob;
import dev.sysprims.boot.fixture.FakeSupervisor;
import dev.sysprims.boot.metrics.JobMetrics;
import dev.sysprims.boot.metrics.JobNames;
import dev.sysprims.boot.metrics.ProcessSupervisorMetrics;
import dev.sysprims.boot.observation.DefaultJobObservationConvention;
import dev.sysprims.boot.observation.JobObservationDocumentation;
import dev.sysprims.boot.observation.ObservedJobs;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobSpec;
import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/metrics.md} against what is registered. */
class MetricsPageTests {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void theTableListsExactlyTheMeters() {
		FakeSupervisor supervisor = new FakeSupervisor();
		new ProcessSupervisorMetrics(supervisor).bindTo(this.registry);
		FakeJob job = FakeJob.exited("transcode", 0);
		new JobMetrics(this.registry, new JobNames(100)).ended(job, job.result());
		assertThat(MarkdownTable.rows("metrics.md", "## Meters")).isEqualTo(registered());
	}

	@Test
	void theTableListsExactlyTheMetersOfTheObservation() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.registry));
		FakeJob job = FakeJob.exited("transcode", 0);
		JobListener listener = new ObservedJobs(observations, new DefaultJobObservationConvention(new JobNames(100)),
				null)
			.starting(JobSpec.command("ffmpeg").build());
		listener.started(job, Duration.ZERO);
		listener.ended(job, job.result());
		Map<String, List<String>> documented = MarkdownTable.rows("metrics.md", "## Meters of the observation");
		assertThat(documented.keySet()).isEqualTo(registered().keySet());
		registered()
			.forEach((name, cells) -> assertThat(documented.get(name).subList(0, 2)).isEqualTo(cells.subList(0, 2)));
	}

	@Test
	void theTableListsExactlyTheKeysOfTheObservation() {
		Map<String, List<String>> documented = MarkdownTable.rows("metrics.md", "## Keys of the observation");
		JobObservationDocumentation run = JobObservationDocumentation.JOB_RUN;
		assertThat(documented.entrySet().stream().filter((row) -> row.getValue().get(0).equals("low")))
			.extracting(Map.Entry::getKey)
			.containsExactly(names(run.getLowCardinalityKeyNames()));
		assertThat(documented.entrySet().stream().filter((row) -> row.getValue().get(0).equals("high")))
			.extracting(Map.Entry::getKey)
			.containsExactly(names(run.getHighCardinalityKeyNames()));
	}

	@Test
	void theOutcomesAreThoseOfAJob() {
		String outcomes = Arrays.stream(JobOutcome.values())
			.map((outcome) -> "`" + outcome.name().toLowerCase(Locale.ROOT) + "`")
			.collect(Collectors.joining(", "));
		assertThat(MarkdownTable.page("metrics.md")).contains("`outcome`: " + outcomes);
	}

	private static String[] names(KeyName[] keys) {
		return Stream.of(keys).map(KeyName::asString).toArray(String[]::new);
	}

	/** Kind, tags and description by name. */
	private Map<String, List<String>> registered() {
		Map<String, List<String>> meters = new TreeMap<>();
		this.registry.getMeters()
			.stream()
			.map(Meter::getId)
			.sorted(Comparator.comparing(Meter.Id::getName))
			.forEach((id) -> meters.put(id.getName(),
					List.of(id.getType().name().toLowerCase(Locale.ROOT).replace('_', ' '),
							id.getTags().stream().map(Tag::getKey).collect(Collectors.joining(", ")),
							(id.getDescription() != null) ? id.getDescription() : "")));
		return meters;
	}

}
