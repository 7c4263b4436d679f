package dev.sysprims.surroundings;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * JVMs that lose sight of processes: in a mount namespace of their own {@code /proc} goes
 * and comes back, is not there from the start, or hides who has changed its user.
 */
@EnabledOnOs(OS.LINUX)
class LostProcIntegrationTests {

	/** As with sudo: a program with the setuid bit takes another user for good. */
	private static final String WITH_A_HIDER = """
			sh -c '. "$0"; announce hider; until [ -e "$1" ]; do sleep 0.02; done
			  exec "$2" --reuid 0 --regid 0 --clear-groups sleep 60' \
			  "$FIXTURE" "${FIXTURE%/*}/go" "${FIXTURE%/*}/setuid-setpriv" &
			announce leader
			while :; do sleep 1; done
			""";

	@BeforeEach
	void needRoot() throws Exception {
		int code = new ProcessBuilder("unshare", "-m", "true").start().waitFor();
		if (code != 0) {
			System.err.println("SKIPPED, a vanished /proc is NOT tested: it takes root and util-linux.");
		}
		assumeThat(code).as("root and util-linux").isZero();
	}

	@ParameterizedTest
	@EnumSource(value = Containment.class, names = "CGROUP", mode = Mode.EXCLUDE)
	void whileThereIsNoProcNothingIsCalledEmptyThatLives(Containment containment) throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(new ChildJvm().through("unshare", "-m"), containment)) {
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.startTree();
			jvm.awaitSeen("leader", "member", "daemon");
			jvm.amongItsMounts("mount", "-t", "tmpfs", "tmpfs", "/proc");
			assertThat(jvm.terminate()).contains("exited false", "reliability BEST_EFFORT")
				.anyMatch((line) -> line.startsWith("survivors ") && line.contains(" " + jvm.process("daemon").pid()))
				.anyMatch((line) -> line.startsWith("warning ") && line.contains("could not be verified")
						&& line.contains("/proc"))
				.noneMatch((line) -> line.contains("after the kill signal"));
			assertThat(jvm.process("member").isAlive()).as("the group can be killed without looking").isFalse();
			assertThat(jvm.ask("run")).singleElement()
				.asString()
				.startsWith("failed SYSTEM Process ")
				.contains("Check that /proc is mounted");
			jvm.amongItsMounts("umount", "/proc");
			jvm.assertWorksAsBefore();
		}
	}

	@ParameterizedTest
	@EnumSource(value = Containment.class, names = "CGROUP", mode = Mode.EXCLUDE)
	void aProcThatVanishedAndCameBackChangesNothing(Containment containment) throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(new ChildJvm().through("unshare", "-m"), containment)) {
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.startTree();
			jvm.amongItsMounts("mount", "-t", "tmpfs", "tmpfs", "/proc");
			if (containment == Containment.SESSION) {
				assertThat(jvm.ask("members")).singleElement()
					.asString()
					.startsWith("failed SYSTEM ")
					.contains("/proc");
			}
			jvm.amongItsMounts("umount", "/proc");
			assertThat(jvm.terminate()).contains("exited true");
			jvm.assertWorksAsBefore();
		}
	}

	@Test
	void whereProcWasLostBeforeTheFirstUseNothingIsCalledEmptyThatLives() throws Exception {
		ChildJvm jvmWithMounts = new ChildJvm().through("unshare", "-m");
		// There is no /proc/self/stat to announce oneself with.
		try (SurroundedJvm jvm = SurroundedJvm.start(jvmWithMounts, Containment.AUTO, "sleep 60 & exec sleep 60")) {
			jvm.amongItsMounts("mount", "-t", "tmpfs", "tmpfs", "/proc");
			assertThat(jvm.ask("platform")).contains("backend jdk", "reliability BEST_EFFORT")
				.anyMatch((line) -> line.startsWith("warning /proc/") && line.contains("Check that procfs is mounted"));
			assertThat(jvm.ask("start")).isEmpty();
			assertThat(jvm.terminate()).contains("exited false", "reliability BEST_EFFORT")
				.anyMatch((line) -> line.startsWith("warning ") && line.contains("could not be verified")
						&& line.contains("/proc is not mounted"));
			jvm.amongItsMounts("umount", "/proc");
			assertThat(jvm.ask("run")).contains("ran FAILED 7");
			// The JDK sends no signal to whom it cannot see.
			ProcessHandle.of(jvm.pid()).orElseThrow().descendants().forEach(ProcessHandle::destroyForcibly);
		}
	}

	@Test
	void aMemberThatWasSeenAndHidesByChangingItsUserIsASurvivor() throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(hiding("true"), Containment.AUTO, WITH_A_HIDER)) {
			LiveProcess hidden = startAndHide(jvm);
			assertThat(jvm.terminate())
				.contains("exited false", "survivors " + hidden.pid(), "member " + hidden.pid() + " NOT_PERMITTED")
				.anyMatch((line) -> line.startsWith("warning /proc is mounted with hidepid")
						&& line.contains("without hidepid"))
				.anyMatch((line) -> line.startsWith("warning Process " + hidden.pid()) && line.contains("EPERM"));
			assertThat(jvm.process("leader").isAlive()).isFalse();
			jvm.assertWorksAsBefore();
		}
	}

	@Test
	void aMemberThatHidesIsEndedWithItsCgroup() throws Exception {
		Path delegated = Files.createDirectory(unified().resolve("delegated-" + ProcessHandle.current().pid()));
		try (SurroundedJvm jvm = SurroundedJvm.start(
				hiding("chown -R 65534 " + delegated + " && echo $$ >" + delegated + "/cgroup.procs"), Containment.AUTO,
				WITH_A_HIDER)) {
			startAndHide(jvm);
			assertThat(jvm.terminate()).contains("exited true", "survivors ", "reliability GUARANTEED");
			jvm.assertWorksAsBefore();
		}
		finally {
			ProcessFixture.awaitTrue(() -> isRemoved(delegated), delegated + " is not removed");
		}
	}

	private static boolean isRemoved(Path delegated) {
		for (File made : delegated.toFile().listFiles(File::isDirectory)) {
			made.delete();
		}
		return delegated.toFile().delete();
	}

	/** Where this JVM may make cgroups. */
	private static Path unified() throws IOException {
		Path mount = Path.of(SurroundedJvm.cgroupMount());
		String own = Files.readAllLines(Path.of("/proc/self/cgroup"))
			.stream()
			.filter((line) -> line.startsWith("0::/"))
			.map((line) -> line.substring("0::/".length()))
			.findFirst()
			.orElse("");
		Path place = mount.resolve(own);
		assumeThat(place).as("its own cgroup").isWritable();
		return place;
	}

	private static LiveProcess startAndHide(SurroundedJvm jvm) throws Exception {
		Path directory = jvm.fixture().directory();
		Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
		Path setpriv = Files.copy(Path.of("/usr/bin/setpriv"), directory.resolve("setuid-setpriv"));
		Files.setAttribute(setpriv, "unix:mode", 04755);
		assertThat(jvm.ask("start")).isEmpty();
		jvm.awaitSeen("leader", "hider");
		LiveProcess hider = jvm.process("hider");
		Files.createFile(directory.resolve("go"));
		ProcessFixture.awaitTrue(() -> isRoot(hider), "it did not change its user");
		return hider;
	}

	private static ChildJvm hiding(String before) {
		return new ChildJvm().through("unshare", "-m", "sh", "-c",
				before + " && mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid 65534 --regid 65534"
						+ " --clear-groups --inh-caps -all,+dac_read_search --ambient-caps +dac_read_search \"$@\"",
				"sh");
	}

	private static boolean isRoot(LiveProcess process) {
		try {
			String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
			return status.contains("Uid:\t0\t0\t") && status.startsWith("Name:\tsleep");
		}
		catch (IOException ex) {
			return false;
		}
	}

}
