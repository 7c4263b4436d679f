package dev.sysprims.os.jdk;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChildEnvironmentTests {

	private static final Map.Entry<String, String> MARKED = Map.entry("SYSPRIMS_JOB", "m-1");

	private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/bin", "NOTIFY_SOCKET", "/run/n",
			"WATCHDOG_PID", "1", "WATCHDOG_USEC", "2", "LISTEN_FDS", "1", "LISTEN_PID", "1", "LISTEN_FDNAMES", "a"));

	@Test
	void whatSystemdToldThisJvmIsNotInherited() {
		ChildEnvironment.apply(this.environment, Map.of(), "m-1");
		assertThat(this.environment).containsOnly(Map.entry("PATH", "/bin"), MARKED);
	}

	@Test
	void changesAreMergedOverIt() {
		Map<String, String> changes = new HashMap<>(Map.of("A", "1", "NOTIFY_SOCKET", "wanted"));
		changes.put("PATH", null);
		ChildEnvironment.apply(this.environment, changes, "m-1");
		assertThat(this.environment).containsOnly(Map.entry("A", "1"), Map.entry("NOTIFY_SOCKET", "wanted"), MARKED);
	}

	@Test
	void theMarkerIsAppendedToThoseThatAreThereOrSet() {
		Map<String, String> inherited = new HashMap<>(Map.of("SYSPRIMS_JOB", "outer-7"));
		ChildEnvironment.apply(inherited, Map.of(), "m-1");
		assertThat(inherited).containsOnly(Map.entry("SYSPRIMS_JOB", "outer-7,m-1"));
		ChildEnvironment.apply(inherited, Map.of("SYSPRIMS_JOB", "own"), "m-2");
		assertThat(inherited).containsOnly(Map.entry("SYSPRIMS_JOB", "own,m-2"));
	}

}
