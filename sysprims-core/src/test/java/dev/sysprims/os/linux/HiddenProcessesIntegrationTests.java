package dev.sysprims.os.linux;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Needs root: in a mount namespace of its own {@code /proc} hides others, and the JVM
 * gives up seeing them.
 */
@EnabledOnOs(OS.LINUX)
class HiddenProcessesIntegrationTests {

	private static final String[] HIDING = { "unshare", "-m", "/bin/sh", "-c",
			"mount -t proc -o hidepid=$0 proc /proc && exec setpriv --regid 65534 --clear-groups "
					+ "--inh-caps -sys_ptrace --bounding-set -sys_ptrace \"$@\"" };

	private final ProcessFixture fixture = new ProcessFixture();

	private final LinuxProcesses processes = new LinuxProcesses(new KnownFacts());

	@BeforeEach
	void onlyWhereThisCanBeSetUp() throws IOException, InterruptedException {
		assumeThat(new ProcessBuilder(hiding("2", "true")).start().waitFor()).as("root and util-linux").isZero();
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "2" })
	void aHiddenProcessIsNeverTakenForGone(String hidepid) throws IOException, InterruptedException {
		List<String> asNobody = new ArrayList<>(List.of("setpriv", "--reuid", "65534", "--clear-groups"));
		asNobody.addAll(List.of("sleep", "60"));
		LiveProcess other = start(String.join(" ", asNobody));
		String said = new ChildJvm().through(hiding(hidepid))
			.run(HiddenReader.class, this.processes.identify(other.pid()).toString());
		assertThat(said.lines()).hasSize(11)
			.first()
			.asString()
			.startsWith("[/proc is mounted with hidepid: ")
			.endsWith(".]");
		assertThat(said.lines().skip(1)).containsExactly("table null", "list false", "entry PERMISSION_DENIED",
				"read PERMISSION_DENIED", "identify SYSTEM", "check UNKNOWN", "marker null", "pipes []", "nobody null",
				"self java");
	}

	private LiveProcess start(String command) throws IOException {
		new ProcessBuilder(this.fixture.sh("announce other; exec " + command)).start();
		LiveProcess other = this.fixture.await("other");
		ProcessFixture.awaitTrue(() -> "sleep".equals(this.processes.entry(other.pid()).name()), "no exec");
		return other;
	}

	private static String[] hiding(String hidepid, String... command) {
		List<String> all = new ArrayList<>(List.of(HIDING));
		all.add(hidepid);
		all.addAll(List.of(command));
		return all.toArray(String[]::new);
	}

}
