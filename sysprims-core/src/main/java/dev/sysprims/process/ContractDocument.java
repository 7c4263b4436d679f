package dev.sysprims.process;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Builds a document of the sysprims contract: fixed names in fixed order, null omitted.
 */
final class ContractDocument {

	private static final String SCHEMAS = "https://schemas.3leaps.dev/sysprims/process/v1.0.0/";

	private final Map<String, Object> fields = new LinkedHashMap<>();

	static ContractDocument of(String schema, Instant timestamp, String platform, long pid) {
		return new ContractDocument().with("schema_id", SCHEMAS + schema + ".schema.json")
			.with("timestamp", timestamp.toString())
			.with("platform", platform)
			.with("pid", pid);
	}

	ContractDocument with(String name, @Nullable Object value) {
		if (value != null) {
			this.fields.put(name, value);
		}
		return this;
	}

	Map<String, Object> toMap() {
		return Collections.unmodifiableMap(this.fields);
	}

}
