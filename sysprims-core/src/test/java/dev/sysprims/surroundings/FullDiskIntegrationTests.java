package dev.sysprims.surroundings;

import java.nio.file.Files;
import java.nio.file.Path;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Output files on a disk that is full: a small tmpfs in a mount namespace. */
@EnabledOnOs(OS.LINUX)
class FullDiskIntegrationTests {

	@BeforeEach
	void needRoot() throws Exception {
		int code = new ProcessBuilder("unshare", "-m", "true").start().waitFor();
		if (code != 0) {
			System.err.println("SKIPPED, a full disk is NOT tested: it takes root and util-linux.");
		}
		assumeThat(code).as("root and util-linux").isZero();
	}

	@Test
	void aProgramWhoseOutputFindsNoRoomFailsByItselfAndTheSupervisorGoesOn() throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(new ChildJvm().through("unshare", "-m"), Containment.AUTO)) {
			Path disk = Files.createDirectory(jvm.fixture().directory().resolve("disk"));
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.amongItsMounts("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
			assertThat(jvm.ask("write " + disk.resolve("out"))).contains("ran FAILED 1");
			// A tree that lives when the disk is full is ended like any other.
			jvm.startTree();
			assertThat(jvm.terminate()).contains("exited true", "survivors ");
			jvm.amongItsMounts("mount", "-o", "remount,size=4m", disk.toString());
			assertThat(jvm.ask("write " + disk.resolve("out"))).contains("ran FAILED 7");
			jvm.assertWorksAsBefore();
			jvm.amongItsMounts("umount", disk.toString());
		}
	}

	@Test
	void aFileThatCannotBeMadeForLackOfRoomOrRightIsNamedWithTheMend() throws Exception {
		try (SurroundedJvm jvm = SurroundedJvm.start(new ChildJvm().through("unshare", "-m"), Containment.AUTO)) {
			Path disk = Files.createDirectory(jvm.fixture().directory().resolve("disk"));
			assertThat(jvm.ask("warm")).isEmpty();
			jvm.amongItsMounts("mount", "-t", "tmpfs", "-o", "nr_inodes=1", "tmpfs", disk.toString());
			assertThat(jvm.ask("write " + disk.resolve("out"))).singleElement()
				.asString()
				.startsWith("failed SPAWN_FAILED Cannot start 'sh': its output file " + disk.resolve("out"))
				.contains("ENOSPC", "Free some space");
			jvm.amongItsMounts("mount", "-o", "remount,ro", disk.toString());
			assertThat(jvm.ask("write " + disk.resolve("out"))).singleElement()
				.asString()
				.startsWith("failed SPAWN_FAILED ")
				.contains("EROFS", "writable");
			jvm.assertWorksAsBefore();
			jvm.amongItsMounts("umount", disk.toString());
		}
	}

}
