package dev.sysprims.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Says which property is wrong, where it was set, why and what to do. Comes first,
 * because Boot's analyzer of a {@link BindException} knows only that binding
 * {@code sysprims} failed.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class InvalidSysprimsPropertyFailureAnalyzer extends AbstractFailureAnalyzer<InvalidSysprimsPropertyException> {

	private final @Nullable Environment environment;

	InvalidSysprimsPropertyFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidSysprimsPropertyException cause) {
		String set = PropertyOrigin.describe(this.environment, cause.key());
		String description = String.format(
				"The configuration property '%s' cannot work:%n%n    Value: %s%n%s    Reason: %s", cause.key(),
				cause.value(), (set != null) ? set : "", cause.why());
		return new FailureAnalysis(description, cause.remedy(), cause);
	}

}
