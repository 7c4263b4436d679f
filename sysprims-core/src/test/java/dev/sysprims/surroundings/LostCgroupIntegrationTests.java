package dev.sysprims.surroundings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A JVM whose cgroup file system becomes read-only while a tree is in it. */
@EnabledOnOs(OS.LINUX)
class LostCgroupIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void aCgroupThatCanOnlyBeReadStillProvesTheEndAndIsRemovedWhenThatIsPossible() throws Exception {
		Path log = this.directory.resolve("log");
		ChildJvm jvmWithMounts = new ChildJvm().through("unshare", "-m", "sh", "-c", "exec \"$@\" 2>" + log, "sh");
		String mountPoint = SurroundedJvm.cgroupMount();
		assumeThat(new ProcessBuilder("unshare", "-m", "true").start().waitFor()).as("root and util-linux").isZero();
		try (SurroundedJvm jvm = SurroundedJvm.start(jvmWithMounts, Containment.AUTO)) {
			assumeThat(jvm.ask("platform")).contains("containment cgroup");
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.startTree();
			jvm.amongItsMounts("mount", "-o", "remount,bind,ro", mountPoint);
			assertThat(jvm.terminate()).contains("exited true", "survivors ", "reliability GUARANTEED");
			assertThat(jvm.ask("run")).contains("ran FAILED 7", "reliability BEST_EFFORT")
				.anyMatch((line) -> line.startsWith("warning This tree has no cgroup of its own although others have")
						&& line.contains("EROFS"));
			ProcessFixture.awaitTrue(() -> read(log).contains("cannot be removed"), "nothing is said of its cgroup");
			assertThat(read(log)).contains("EROFS", "rmdir");
			jvm.amongItsMounts("mount", "-o", "remount,bind,rw", mountPoint);
			jvm.awaitNoCgroupOfAJob();
			assertThat(jvm.ask("run")).contains("ran FAILED 7", "reliability GUARANTEED")
				.noneMatch((line) -> line.startsWith("warning "));
			jvm.assertWorksAsBefore();
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
