package dev.sysprims.surroundings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Members that really are in uninterruptible sleep: they write to a file system of their
 * own that is frozen ({@code fsfreeze(8)}), as they would to a dead disk.
 */
@EnabledOnOs(OS.LINUX)
class UninterruptibleIntegrationTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@EnumSource(value = Containment.class, names = "CGROUP", mode = Mode.EXCLUDE)
	void aMemberInUninterruptibleSleepIsNamedInTimeAndEndsWhenItCan(Containment containment) throws Exception {
		endWhileStuck(containment, """
				sh -c '. "$0"; announce stuck; until [ -e "$1/go" ]; do sleep 0.02; done; echo x >"$1/disk/file"' \
				  "$FIXTURE" '%1$s' &
				announce leader
				while :; do sleep 1; done
				""");
	}

	@ParameterizedTest
	@EnumSource(value = Containment.class, names = "CGROUP", mode = Mode.EXCLUDE)
	void aProgramInUninterruptibleSleepIsNamedInTimeAndReapedWhenItEnds(Containment containment) throws Exception {
		endWhileStuck(containment, """
				announce leader; announce stuck
				until [ -e '%1$s/go' ]; do sleep 0.02; done
				echo x >'%1$s/disk/file'
				""");
	}

	private void endWhileStuck(Containment containment, String tree) throws Exception {
		Path disk = Files.createDirectory(this.directory.resolve("disk"));
		Path image = makeImage();
		ChildJvm withDisk = new ChildJvm().through("unshare", "-m", "sh", "-c",
				"mount -o loop \"$0\" \"$1\" && shift && exec \"$@\"", image.toString(), disk.toString());
		try (SurroundedJvm jvm = SurroundedJvm.start(withDisk, containment, tree.formatted(this.directory))) {
			assertThat(jvm.ask("warm")).isEmpty();
			assertThat(jvm.ask("start")).isEmpty();
			LiveProcess stuck = jvm.process("stuck");
			jvm.awaitSeen("leader", "stuck");
			jvm.amongItsMounts("fsfreeze", "-f", disk.toString());
			try {
				Files.createFile(this.directory.resolve("go"));
				awaitStuck(stuck);
				assertThat(jvm.terminate())
					.contains("exited false", "survivors " + stuck.pid(), "survivors of the job " + stuck.pid(),
							"member " + stuck.pid() + " SURVIVED")
					.anyMatch((line) -> line.startsWith("warning Process " + stuck.pid() + " (")
							&& line.contains("uninterruptible"));
				assertThat(stuck.isAlive()).isTrue();
				assertThat(jvm.fixture().survivors()).containsExactlyElementsOf(
						jvm.fixture().announced().stream().filter((one) -> one.pid() == stuck.pid()).toList());
				assertThat(jvm.ask("run")).contains("ran FAILED 7");
			}
			finally {
				jvm.amongItsMounts("fsfreeze", "-u", disk.toString());
			}
			ProcessFixture.awaitTrue(() -> stuck.state() == '-', "the kill did not wait for the thaw");
			jvm.assertWorksAsBefore();
			jvm.awaitNoCgroupOfAJob();
			jvm.amongItsMounts("umount", disk.toString());
		}
	}

	/** For good, and not for a moment as anybody who reads from a disk. */
	private static void awaitStuck(LiveProcess process) {
		AtomicInteger inARow = new AtomicInteger();
		ProcessFixture.awaitTrue(() -> {
			inARow.set((process.state() == 'D') ? inARow.get() + 1 : 0);
			return inARow.get() == 100;
		}, "it does not sleep uninterruptibly");
	}

	private Path makeImage() throws IOException, InterruptedException {
		Path image = this.directory.resolve("image");
		List<List<String>> commands = List.of(List.of("truncate", "-s", "16M", image.toString()),
				List.of("mkfs.ext4", "-q", image.toString()), List.of("unshare", "-m", "mount", "-o", "loop",
						image.toString(), this.directory.resolve("disk").toString()));
		for (List<String> command : commands) {
			int code = run(command);
			if (code != 0) {
				System.err
					.println("SKIPPED, uninterruptible sleep is NOT tested: it takes root, loop devices and ext4.");
			}
			assumeThat(code).as("root, a loop device and ext4: " + command).isZero();
		}
		return image;
	}

	private static int run(List<String> command) throws IOException, InterruptedException {
		String path = Stream.of(System.getenv().getOrDefault("PATH", ""), "/usr/sbin", "/sbin")
			.reduce((first, second) -> first + ":" + second)
			.orElseThrow();
		ProcessBuilder builder = new ProcessBuilder(
				Stream.concat(Stream.of("env", "PATH=" + path), command.stream()).toList());
		return builder.start().waitFor();
	}

}
