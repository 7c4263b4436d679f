package dev.sysprims.boot.documentation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.sysprims.boot.autoconfigure.SysprimsEndpointProperties;
import dev.sysprims.boot.autoconfigure.SysprimsProperties;
import dev.sysprims.process.Containment;
import dev.sysprims.process.TerminateTreeConfig;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code docs/configuration.md} against the metadata, and that against the code. */
class ConfigurationPageTests {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private final Map<String, JsonNode> metadata = metadata();

	@Test
	void everyKeyHasADescription() {
		assertThat(this.metadata).isNotEmpty()
			.allSatisfy((key, property) -> assertThat(property.path("description").asString()).as(key)
				.matches("[A-Z].+\\."));
	}

	@Test
	void everyRecordedDefaultIsTheRealOne() throws Exception {
		Map<String, Object> real = new TreeMap<>();
		collect("sysprims", bind("sysprims", SysprimsProperties.class), real);
		collect("management.endpoint.sysprims", bind("management.endpoint.sysprims", SysprimsEndpointProperties.class),
				real);
		assertThat(real).hasSizeGreaterThan(8);
		assertThat(this.metadata.keySet()).containsAll(real.keySet());
		real.forEach((key, value) -> assertThat(recordedDefault(key, value)).as(key).isEqualTo(value));
	}

	@Test
	void everyKeyOfOurOwnPrefixIsBound() throws Exception {
		Map<String, Object> real = new TreeMap<>();
		collect("sysprims", bind("sysprims", SysprimsProperties.class), real);
		assertThat(this.metadata.keySet().stream().filter((key) -> key.startsWith("sysprims.")))
			.containsExactlyElementsOf(real.keySet());
	}

	@Test
	void theDefaultsAreThoseOfTheContract() {
		SysprimsProperties defaults = bind("sysprims", SysprimsProperties.class);
		assertThat(defaults).isEqualTo(new SysprimsProperties(true, TerminateTreeConfig.defaults().graceTimeout(),
				TerminateTreeConfig.defaults().killTimeout(), Containment.AUTO, false, true, 100,
				new SysprimsProperties.Output(DataSize.ofKilobytes(64), 1024), new SysprimsProperties.Metrics(100)));
		assertThat(defaults.graceTimeout()).isEqualTo(Duration.ofSeconds(10));
		assertThat(defaults.killTimeout()).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void thePageListsExactlyTheKeysWithTheirDefaultsAndDescriptions() {
		Map<String, List<String>> documented = new TreeMap<>();
		MarkdownTable.rows("configuration.md", "## Supervisor")
			.forEach((key, cells) -> documented.put(key, List.of(cells.get(0), cells.get(1))));
		MarkdownTable.rows("configuration.md", "## Actuator")
			.forEach((key, cells) -> documented.put(key, List.of(cells.get(0), cells.get(1))));
		Map<String, List<String>> expected = new TreeMap<>();
		this.metadata.forEach((key, property) -> expected.put(key,
				List.of(property.path("defaultValue").asString(), property.path("description").asString())));
		assertThat(documented).isEqualTo(expected);
	}

	private Object recordedDefault(String key, Object value) {
		String recorded = this.metadata.get(key).path("defaultValue").asString();
		if (value instanceof Set) {
			return StringUtils.commaDelimitedListToSet(recorded);
		}
		return ApplicationConversionService.getSharedInstance().convert(recorded, value.getClass());
	}

	private static <T> T bind(String prefix, Class<T> type) {
		return new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate(prefix, type);
	}

	private static void collect(String prefix, Object record, Map<String, Object> into) throws Exception {
		for (RecordComponent component : record.getClass().getRecordComponents()) {
			String key = prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			component.getAccessor().setAccessible(true);
			Object value = component.getAccessor().invoke(record);
			if (value instanceof Record nested) {
				collect(key, nested, into);
			}
			else {
				into.put(key, value);
			}
		}
	}

	private static Map<String, JsonNode> metadata() {
		String classes = SysprimsProperties.class.getProtectionDomain().getCodeSource().getLocation().toString();
		try (InputStream metadata = new URL((classes.endsWith("/") ? classes : "jar:" + classes + "!/") + METADATA)
			.openStream()) {
			Map<String, JsonNode> properties = new LinkedHashMap<>();
			new JsonMapper().readTree(metadata)
				.get("properties")
				.forEach((property) -> properties.put(property.get("name").asString(), property));
			return properties;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
