package dev.sysprims.boot.autoconfigure;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanInstantiationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says why this system cannot give what the supervisor was told to insist on, where that
 * was set and what to do. Only for a supervisor that could not be built: what an
 * application does with one at its start may fail for other reasons.
 */
final class UnsupportedSupervisorFailureAnalyzer extends AbstractFailureAnalyzer<SysprimsException> {

	private static final String CONTAINMENT = "sysprims.containment";

	private static final String SUBREAPER = "sysprims.subreaper";

	private final @Nullable Environment environment;

	UnsupportedSupervisorFailureAnalyzer(@Nullable Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SysprimsException cause) {
		if (cause.kind() != ErrorKind.NOT_SUPPORTED || !isOfSupervisor(rootFailure)) {
			return null;
		}
		StringBuilder description = new StringBuilder(
				String.format("The process supervisor cannot be set up as it is configured:%n%n    Reason: %s%n",
						cause.getMessage()));
		StringBuilder action = new StringBuilder("Mend what the reason names");
		if (this.environment != null && "cgroup".equalsIgnoreCase(this.environment.getProperty(CONTAINMENT))) {
			mention(CONTAINMENT, description, action, "auto, which takes the strongest containment that works here "
					+ "and says in its warnings what is weaker");
		}
		if (this.environment != null && this.environment.getProperty(SUBREAPER, Boolean.class, false)) {
			mention(SUBREAPER, description, action, "false");
		}
		return new FailureAnalysis(description.toString(), action.append('.').toString(), cause);
	}

	private void mention(String key, StringBuilder description, StringBuilder action, String instead) {
		String set = PropertyOrigin.describe(this.environment, key);
		if (set != null) {
			description.append(String.format("%n    Property: %s%n%s", key, set));
			action.append(", or set ").append(key).append(" to ").append(instead);
		}
	}

	private static boolean isOfSupervisor(Throwable failure) {
		for (Throwable next = failure; next != null; next = next.getCause()) {
			if (next instanceof BeanInstantiationException bean && next.getCause() instanceof SysprimsException) {
				return ProcessSupervisor.class.isAssignableFrom(bean.getBeanClass());
			}
		}
		return false;
	}

}
