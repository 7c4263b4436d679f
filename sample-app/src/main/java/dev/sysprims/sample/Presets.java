package dev.sysprims.sample;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.sysprims.sample.SampleProperties.Preset;
import dev.sysprims.supervisor.JobSpec;

import org.springframework.stereotype.Component;

/**
 * The configured commands. All are built, and so checked, when the application starts.
 */
@Component
final class Presets {

	private final Map<String, Entry> entries = new LinkedHashMap<>();

	Presets(SampleProperties properties, WorkDirectory workDirectory) {
		properties.presets()
			.forEach((name, preset) -> this.entries.put(name,
					new Entry(preset.description(), spec(name, preset, workDirectory.path()))));
	}

	/** What is shown of a preset. */
	record Description(String name, String description) {
	}

	private record Entry(String description, JobSpec spec) {
	}

	List<Description> descriptions() {
		return this.entries.entrySet()
			.stream()
			.map((entry) -> new Description(entry.getKey(), entry.getValue().description()))
			.toList();
	}

	Iterable<String> names() {
		return Collections.unmodifiableSet(this.entries.keySet());
	}

	Optional<JobSpec> spec(String name) {
		return Optional.ofNullable(this.entries.get(name)).map(Entry::spec);
	}

	private static JobSpec spec(String name, Preset preset, Path workDirectory) {
		try {
			JobSpec.Builder spec = JobSpec.command(preset.command())
				.name((preset.name() != null) ? preset.name() : name)
				.cwd((preset.cwd() != null) ? preset.cwd() : workDirectory)
				// One text in the order of writing, as on a terminal.
				.mergeStderr();
			if (preset.timeout() != null) {
				spec.timeout(preset.timeout());
			}
			if (preset.graceTimeout() != null) {
				spec.graceTimeout(preset.graceTimeout());
			}
			if (preset.killTimeout() != null) {
				spec.killTimeout(preset.killTimeout());
			}
			return spec.build();
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("sample.presets." + name + " cannot be used: " + ex.getMessage(), ex);
		}
	}

}
