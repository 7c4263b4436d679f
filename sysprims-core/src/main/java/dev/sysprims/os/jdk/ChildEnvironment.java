package dev.sysprims.os.jdk;

import java.util.Map;
import java.util.Set;

import dev.sysprims.os.JobMarker;
import org.jspecify.annotations.Nullable;

/** What a child inherits of this JVM's environment, and what is merged over it. */
final class ChildEnvironment {

	/** A child would speak to systemd in our name: {@code sd_notify(3)}. */
	private static final Set<String> OURS_ALONE = Set.of("NOTIFY_SOCKET", "WATCHDOG_PID", "WATCHDOG_USEC");

	/** Sockets that were passed to this JVM: {@code sd_listen_fds(3)}. */
	private static final String PASSED_SOCKETS = "LISTEN_";

	private ChildEnvironment() {
	}

	/**
	 * Changes an environment in place.
	 * @param environment what is inherited
	 * @param changes values to set; null removes one
	 * @param marker the job's, appended to those that are inherited or set by a change
	 */
	static void apply(Map<String, String> environment, Map<String, @Nullable String> changes, String marker) {
		environment.keySet().removeIf((name) -> OURS_ALONE.contains(name) || name.startsWith(PASSED_SOCKETS));
		changes.forEach((name, value) -> {
			if (value != null) {
				environment.put(name, value);
			}
			else {
				environment.remove(name);
			}
		});
		environment.put(JobMarker.VARIABLE, JobMarker.appended(environment.get(JobMarker.VARIABLE), marker));
	}

}
