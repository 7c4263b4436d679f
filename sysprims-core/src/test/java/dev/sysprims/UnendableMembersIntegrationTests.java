package dev.sysprims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.SpawnInGroupConfig;
import dev.sysprims.process.SpawnInGroupResult;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeMember;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Members that nobody can end, or that we may not: a bounded return, the rest killed, the
 * survivor named. Both need root; where they cannot be set up the simulated system has
 * the same cases.
 */
@EnabledOnOs(OS.LINUX)
class UnendableMembersIntegrationTests {

	private static final Path FREEZER = Path.of("/sys/fs/cgroup/freezer");

	private static final Duration GRACE = Duration.ofMillis(300);

	private static final Duration KILL = Duration.ofMillis(500);

	private final Sysprims sysprims = Sysprims.system();

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void endWhatIsLeft() {
		this.fixture.close();
	}

	@Test
	void aMemberInAFrozenCgroupIsReportedWithinTheBudget() throws IOException {
		assumeThat(FREEZER.resolve("tasks")).as("SKIPPED: needs the v1 freezer and root").isWritable();
		Path frozen = Files.createDirectory(FREEZER.resolve("sysprims-test-" + ProcessHandle.current().pid()));
		try {
			endTreeWithMemberIn(frozen);
		}
		finally {
			ProcessFixture.awaitTrue(() -> frozen.toFile().delete(), "the cgroup is not empty");
		}
	}

	private void endTreeWithMemberIn(Path frozen) throws IOException {
		SpawnInGroupResult tree = this.sysprims
			.spawnInGroup(SpawnInGroupConfig
				.command(this.fixture
					.sh("sh -c '. \"$0\"; announce member; exec sleep 60' \"$FIXTURE\" & announce leader; wait"))
				.build());
		LiveProcess leader = this.fixture.await("leader");
		LiveProcess member = this.fixture.await("member");
		Files.writeString(frozen.resolve("cgroup.procs"), Long.toString(member.pid()));
		Files.writeString(frozen.resolve("freezer.state"), "FROZEN");
		try {
			TerminateTreeResult result = this.sysprims.terminateTree(tree.identity(),
					TerminateTreeConfig.builder().graceTimeout(GRACE).killTimeout(KILL).build());
			assertThat(result.exited()).isFalse();
			assertThat(result.timedOut()).isTrue();
			assertThat(result.survivors()).extracting((survivor) -> survivor.identity().pid())
				.containsExactly(member.pid());
			assertThat(result.survivors()).extracting(TreeMember::outcome).containsExactly(MemberOutcome.SURVIVED);
			assertThat(result.warnings()).anyMatch((warning) -> warning.contains(Long.toString(member.pid())));
			assertThat(result.elapsed()).isBetween(GRACE.plus(KILL), GRACE.plus(KILL).plusSeconds(5));
			assertThat(leader.isAlive()).isFalse();
		}
		finally {
			Files.writeString(frozen.resolve("freezer.state"), "THAWED");
		}
		ProcessFixture.awaitTrue(() -> !member.isAlive(), "the kill did not wait for the thaw");
	}

	@Test
	void aMemberThatWeMayNotSignalIsReportedAndTheRestIsKilled() throws IOException, InterruptedException {
		// Root without CAP_KILL may signal its own processes only, like anybody else.
		String[] withoutKill = { "setpriv", "--inh-caps", "-kill", "--bounding-set", "-kill" };
		List<String> probe = new ArrayList<>(List.of(withoutKill));
		probe.addAll(List.of("setpriv", "--reuid", "65534", "--clear-groups", "true"));
		assumeThat(new ProcessBuilder(probe).start().waitFor()).as("SKIPPED: needs root and util-linux").isZero();
		Path ready = this.fixture.directory().resolve("forbidden.announced");
		List<String> command = new ArrayList<>(this.fixture.sh("""
				sh -c '. "$0"; trap "" TERM; announce stubborn; while :; do sleep 1; done' "$FIXTURE" &
				setpriv --reuid 65534 --clear-groups sleep 60 &
				announce leader
				until read -r name </proc/$!/comm && [ "$name" = sleep ]; do :; done
				IFS= read -r stat_line </proc/$!/stat; echo "$stat_line" >%s
				wait""".formatted(ready)));
		command.add(ready.toString());
		String said = new ChildJvm().through(withoutKill).run(ForbiddenMember.class, command.toArray(String[]::new));
		LiveProcess forbidden = this.fixture.await("forbidden");
		LiveProcess stubborn = this.fixture.await("stubborn");
		assertThat(said).contains("member " + forbidden.pid() + " NOT_PERMITTED")
			.contains("member " + stubborn.pid() + " KILLED")
			.contains("exited false escalated true")
			.contains("EPERM");
		assertThat(forbidden.isAlive()).isTrue();
		assertThat(stubborn.isAlive()).isFalse();
		assertThat(this.fixture.await("leader").isAlive()).isFalse();
	}

}
