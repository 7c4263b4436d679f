package dev.sysprims;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.SpawnInGroupConfig;
import dev.sysprims.process.SpawnInGroupResult;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;

/** In a JVM that may not signal other users: ends a tree that has a member of one. */
public final class ForbiddenMember {

	private ForbiddenMember() {
	}

	/** The arguments are the command to start; what became of each member is printed. */
	public static void main(String[] command) {
		Sysprims sysprims = Sysprims.system();
		SpawnInGroupResult tree = sysprims.spawnInGroup(SpawnInGroupConfig.command(List.of(command)).build());
		Path ready = Path.of(command[command.length - 1]);
		ProcessFixture.awaitTrue(() -> ready.toFile().exists(), "the tree is not there");
		TerminateTreeResult result = sysprims.terminateTree(tree.identity(),
				TerminateTreeConfig.builder()
					.graceTimeout(Duration.ofMillis(300))
					.killTimeout(Duration.ofMillis(300))
					.build());
		result.members()
			.forEach((member) -> System.out.println("member " + member.identity().pid() + " " + member.outcome()));
		result.warnings().forEach((warning) -> System.out.println("warning " + warning));
		System.out.println("exited " + result.exited() + " escalated " + result.escalated());
	}

}
