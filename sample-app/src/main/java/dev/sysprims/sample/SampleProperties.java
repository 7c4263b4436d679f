package dev.sysprims.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The configuration of the console.
 *
 * @param workDirectory where presets work that name no directory; by default a temporary
 * one that is deleted at the end
 * @param hosts the host names under which a browser may reach this application
 * @param presets what can be started, by the name that stands in the URL
 */
@ConfigurationProperties("sample")
record SampleProperties(@Nullable Path workDirectory, @DefaultValue( {
		"localhost", "127.0.0.1", "[::1]" }) Set<String> hosts, @DefaultValue Map<String, Preset> presets){

	SampleProperties {
		hosts = Set.copyOf(hosts);
		// In the order of the file, which is the order of the buttons.
		presets = Collections.unmodifiableMap(new LinkedHashMap<>(presets));
	}

	/**
	 * Something that can be started.
	 *
	 * @param description what it does, for people
	 * @param command the program and its arguments
	 * @param name what its jobs are called; the preset's name by default
	 * @param cwd where it works; the work directory by default
	 * @param timeout how long it may take; as long as it likes by default
	 * @param graceTimeout how long its tree has to end by itself; the supervisor's by
	 * default
	 * @param killTimeout how long the end is waited for after the kill signal; the
	 * supervisor's by default
	 */
	record Preset(@DefaultValue("") String description, @DefaultValue List<String> command, @Nullable String name,
			@Nullable Path cwd, @Nullable Duration timeout, @Nullable Duration graceTimeout,
			@Nullable Duration killTimeout) {

		Preset {
			command = List.copyOf(command);
		}

	}

}
