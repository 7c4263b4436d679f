package dev.sysprims.surroundings;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.CProgram;
import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * System calls that a seccomp profile or an old kernel refuses, for real: a filter
 * ({@code seccomp(2)}) around a JVM of its own.
 */
@EnabledOnOs(OS.LINUX)
class RefusedCallsIntegrationTests {

	private static String refuse = "";

	@BeforeAll
	static void build() throws Exception {
		String program = CProgram.build("surroundings/refuse.c", "a filter of system calls")
			.map(Object::toString)
			.orElse("");
		assumeThat(program).as("a C compiler").isNotEmpty();
		refuse = program;
	}

	@ParameterizedTest
	@CsvSource({ "pidfd_open=ENOSYS, AUTO", "pidfd_open=EPERM, SESSION", "pidfd_open=EMFILE, AUTO",
			"pidfd_open=EMFILE, SESSION", "pidfd_send_signal=EPERM, SESSION" })
	void withoutPidfdsExitsArePolledForAndTreesEndedAllTheSame(String rule, Containment containment) throws Exception {
		String call = rule.substring(0, rule.indexOf('='));
		String errno = rule.substring(rule.indexOf('=') + 1);
		try (SurroundedJvm jvm = SurroundedJvm.start(with(rule), containment);
				ProcessFixture strangers = new ProcessFixture()) {
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.startTree();
			Process stranger = new ProcessBuilder(strangers.sh("announce stranger; exec sleep 60")).start();
			LiveProcess announced = strangers.await("stranger");
			assertThat(jvm.ask("end " + announced.pid())).contains("exited true", "survivors ")
				.anyMatch((line) -> isPolledFor(line, announced.pid(), call, errno));
			assertThat(stranger.waitFor(10, TimeUnit.SECONDS)).isTrue();
			assertThat(jvm.terminate()).contains("exited true", "survivors ")
				.anyMatch((line) -> isPolledFor(line, jvm.process("leader").pid(), call, errno));
			jvm.assertWorksAsBefore();
		}
	}

	@ParameterizedTest
	@CsvSource({ "EAGAIN, ulimit -u", "ENOMEM, memory" })
	void whereNothingCanBeForkedAStartFailsCleanlyAndTheRestWorks(String errno, String mend) throws Exception {
		// With CLONE_VFORK, that is; clone3 keeps its flags where no filter sees them.
		ChildJvm jvmWithoutForks = with("clone:0:0x4000:0x4000=" + errno, "clone3=ENOSYS");
		try (SurroundedJvm jvm = SurroundedJvm.start(jvmWithoutForks, Containment.AUTO);
				ProcessFixture strangers = new ProcessFixture()) {
			for (int i = 0; i < 3; i++) {
				assertThat(jvm.ask("run")).singleElement()
					.asString()
					.startsWith("failed SPAWN_FAILED Cannot start 'sh': ")
					.contains(errno, mend);
			}
			new ProcessBuilder(strangers.sh("announce stranger; exec sleep 60")).start();
			LiveProcess announced = strangers.await("stranger");
			assertThat(jvm.ask("end " + announced.pid())).contains("exited true");
			assertThat(announced.isAlive()).isFalse();
			assertThat(jvm.ask("leaks")).isEmpty();
		}
	}

	@Test
	void whereLeasesAreRefusedTheSessionHasToDo() throws Exception {
		// F_SETLEASE, which says so too where fs.leases-enable is 0.
		try (SurroundedJvm jvm = SurroundedJvm.start(with("fcntl:1:1024:0xffffffff=EINVAL"), Containment.AUTO)) {
			assertThat(jvm.ask("platform")).contains("backend native", "containment session", "reliability BEST_EFFORT")
				.anyMatch((line) -> line.startsWith("warning ") && line.contains("F_SETLEASE")
						&& line.contains("EINVAL") && line.contains("Delegate=yes"));
			jvm.startTree();
			assertThat(jvm.terminate()).contains("exited true", "reliability BEST_EFFORT")
				.anyMatch((line) -> line.startsWith("warning ") && line.contains("F_SETLEASE"));
			assertThat(jvm.ask("run")).contains("ran FAILED 7");
		}
	}

	@Test
	void withoutMemoryFilesThereIsNeitherGateNorWatchdogAndBothAreSaid() throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(with("memfd_create=ENOSYS"), Containment.AUTO)) {
			jvm.startTree();
			assertThat(jvm.terminate()).contains("exited true", "reliability BEST_EFFORT")
				.anyMatch((line) -> line.startsWith("warning ") && line.contains("cgroup")
						&& line.contains("memfd_create"))
				.anyMatch((line) -> line.startsWith("warning ") && line.contains("killed")
						&& line.contains("memfd_create"));
			assertThat(jvm.ask("run")).contains("ran FAILED 7");
		}
	}

	private static boolean isPolledFor(String line, long pid, String call, String errno) {
		return line.startsWith("warning ") && line.contains("process " + pid) && line.contains("polled for")
				&& line.contains(call) && line.contains(errno);
	}

	private static ChildJvm with(String... rules) {
		List<String> command = new ArrayList<>(List.of(refuse));
		command.addAll(List.of(rules));
		command.add("--");
		return new ChildJvm().through(command.toArray(String[]::new));
	}

}
