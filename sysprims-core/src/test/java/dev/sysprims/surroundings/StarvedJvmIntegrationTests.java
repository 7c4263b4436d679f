package dev.sysprims.surroundings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * JVMs whose limits are taken away while a tree of theirs lives, and given back:
 * {@code prlimit(1)} from outside.
 */
@EnabledOnOs(OS.LINUX)
class StarvedJvmIntegrationTests {

	/** A user that nobody else on this machine is: the limit counts all that it runs. */
	private static final String USER = Long.toString(1_000_000 + ProcessHandle.current().pid());

	@ParameterizedTest
	@EnumSource(value = Containment.class, names = "CGROUP", mode = Mode.EXCLUDE)
	void aTreeThatIsEndedWithoutDescriptorsIsNotCalledEmptyAndLaterOnesAre(Containment containment) throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(new ChildJvm().fromJars(), containment)) {
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.startTree();
			jvm.awaitSeen("leader", "member", "daemon");
			String before = limitOf(jvm, "Max open files");
			jvm.limit("nofile=4:");
			LiveProcess daemon = jvm.process("daemon");
			assertThat(jvm.terminate()).contains("exited false", "reliability BEST_EFFORT")
				.anyMatch((line) -> line.startsWith("survivors ") && line.contains(" " + daemon.pid()))
				.anyMatch((line) -> line.startsWith("warning Process " + daemon.pid() + " (")
						&& line.contains("could not be looked at again"))
				.anyMatch((line) -> line.contains("could not be verified") && line.contains("limit of open files"))
				.noneMatch((line) -> line.contains("after the kill signal"));
			assertThat(daemon.isAlive()).isTrue();
			assertThat(jvm.process("member").isAlive()).as("the group can be killed without looking").isFalse();
			assertThat(jvm.ask("run")).singleElement().asString().startsWith("failed SPAWN_FAILED").contains("EMFILE");
			jvm.limit("nofile=" + before + ":");
			jvm.assertWorksAsBefore();
		}
	}

	@Test
	void whereTheUserHasTooManyProcessesAStartFailsCleanlyUntilItHasNot() throws Exception {
		String[] asUser = { "setpriv", "--reuid", USER, "--regid", USER, "--clear-groups", "--inh-caps",
				"-all,+dac_read_search", "--ambient-caps", "+dac_read_search" };
		assumeThat(new ProcessBuilder(Stream.concat(Stream.of(asUser), Stream.of("true")).toList()).start().waitFor())
			.as("root and util-linux")
			.isZero();
		try (SurroundedJvm jvm = SurroundedJvm.start(new ChildJvm().fromJars().through(asUser), Containment.AUTO)) {
			Files.setPosixFilePermissions(jvm.fixture().directory(), PosixFilePermissions.fromString("rwxrwxrwx"));
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.startTree();
			String before = limitOf(jvm, "Max processes");
			jvm.limit(asUser, "nproc=1:");
			for (int i = 0; i < 3; i++) {
				assertThat(jvm.ask("run")).singleElement()
					.asString()
					.startsWith("failed SPAWN_FAILED Cannot start 'sh': ")
					.contains("EAGAIN", "ulimit -u");
			}
			assertThat(jvm.terminate()).contains("exited true");
			jvm.limit(asUser, "nproc=" + before + ":");
			jvm.assertWorksAsBefore();
		}
	}

	private static String limitOf(SurroundedJvm jvm, String name) throws Exception {
		String line = Files.readAllLines(Path.of("/proc/" + jvm.pid() + "/limits"))
			.stream()
			.filter((limit) -> limit.startsWith(name))
			.findFirst()
			.orElseThrow();
		return line.substring(name.length()).trim().split(" ")[0];
	}

}
