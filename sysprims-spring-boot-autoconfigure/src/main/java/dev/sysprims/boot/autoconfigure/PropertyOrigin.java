package dev.sysprims.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/** Where a property was set, for reports of a failed start. */
final class PropertyOrigin {

	private PropertyOrigin() {
	}

	/**
	 * Two lines: what was written, and where.
	 * @param environment the application's, or null when there is none yet
	 * @param key the property
	 * @return the lines, or null when it is not set
	 */
	static @Nullable String describe(@Nullable Environment environment, String key) {
		if (environment == null) {
			return null;
		}
		ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
		for (var source : ConfigurationPropertySources.get(environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return String.format("    Set as: \"%s\"%n    Origin: %s%n", property.getValue(), property.getOrigin());
			}
		}
		return null;
	}

}
