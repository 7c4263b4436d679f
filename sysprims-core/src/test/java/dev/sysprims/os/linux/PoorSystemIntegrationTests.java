package dev.sysprims.os.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** JVMs that lack something: descriptors, native access, rights. */
class PoorSystemIntegrationTests {

	@Test
	void withoutDescriptorsAStartFailsCleanlyUntilThereAreEnough() throws Exception {
		String said = new ChildJvm().withOptions("-XX:-MaxFDLimit")
			.through("sh", "-c", "ulimit -n 256; exec \"$@\"", "sh")
			.run(StarvedProgram.class);
		List<String> lines = said.lines().toList();
		assertThat(lines).first().isEqualTo("starved");
		assertThat(lines).contains("SPAWN_FAILED EMFILE").endsWith("ran", "left pipes 0", "left children 0");
		assertThat(lines).noneMatch((line) -> line.startsWith("wrong"));
	}

	@Test
	void withoutTheNativeLibraryTheReasonIsGiven() throws Exception {
		String said = new ChildJvm()
			.withOptions("-Djna.nosys=true", "-Djna.noclasspath=true", "-Djna.boot.library.path=/nowhere")
			.run(NativeAccessProgram.class, "1");
		assertThat(said).startsWith("NOT_SUPPORTED JNA cannot load").contains("-Djna.tmpdir");
	}

	@Test
	void onATemporaryDirectoryWithoutExecTheMendIsNamed() throws Exception {
		String script = "mount -t tmpfs -o noexec tmpfs /mnt && exec \"$@\"";
		assumeThat(new ProcessBuilder("unshare", "-m", "sh", "-c", script, "sh", "true").start().waitFor())
			.as("root and util-linux")
			.isZero();
		String said = new ChildJvm().withOptions("-Djna.nosys=true", "-Djna.tmpdir=/mnt")
			.through("unshare", "-m", "sh", "-c", script, "sh")
			.run(NativeAccessProgram.class, "1");
		assertThat(said).startsWith("NOT_SUPPORTED JNA cannot load").contains("noexec").contains("-Djna.tmpdir");
	}

	@Test
	void whereNativeAccessIsDeniedTheOptionIsNamed() throws Exception {
		assumeThat(Runtime.version().feature()).as("the JVM can deny it").isGreaterThanOrEqualTo(24);
		String said = new ChildJvm().withOptions("--illegal-native-access=deny").run(NativeAccessProgram.class, "1");
		assertThat(said).contains("NOT_SUPPORTED Native access is refused").contains("--enable-native-access");
	}

	@Test
	void aProcessOfAnotherUserMayNotBeSignalled() throws Exception {
		assumeThat(new ProcessBuilder("setpriv", "--reuid", "65534", "--clear-groups", "true").start().waitFor())
			.as("root and util-linux")
			.isZero();
		try (ProcessFixture fixture = new ProcessFixture()) {
			new ProcessBuilder(fixture.sh("announce other; exec setpriv --reuid 65534 --clear-groups sleep 60"))
				.start();
			LiveProcess other = fixture.await("other");
			ProcessFixture.awaitTrue(() -> statusOf(other).contains("Uid:\t65534"), "it did not change its user");
			String said = new ChildJvm().through("setpriv", "--inh-caps", "-kill", "--bounding-set", "-kill")
				.run(NativeAccessProgram.class, Long.toString(other.pid()));
			assertThat(said).isEqualTo("signal NOT_PERMITTED\n");
		}
	}

	private static String statusOf(LiveProcess process) {
		try {
			return Files.readString(Path.of("/proc/" + process.pid() + "/status"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
