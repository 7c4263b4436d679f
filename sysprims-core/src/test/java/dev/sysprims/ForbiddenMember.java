package dev.sysprims;

import java.nio.file.Path;
import java.time.Duration;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.process.Command;
import dev.sysprims.process.Containment;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.tree.OwnedTree;
import dev.sysprims.tree.TreeListener;
import dev.sysprims.tree.TreePolicy;
import dev.sysprims.tree.TreesAccess;

/** In a JVM that may not signal other users: ends a tree that has a member of one. */
public final class ForbiddenMember {

	private ForbiddenMember() {
	}

	/** The arguments are the command to start; what became of each member is printed. */
	public static void main(String[] command) {
		Sysprims sysprims = Sysprims.system();
		// In a cgroup even such a member is killed: cgroup.kill asks for a right to write
		// and not for CAP_KILL.
		SpawnRequest request = new SpawnRequest(Command.of(command), new ChildInput.Empty(), new ChildOutput.Discard(),
				new ChildOutput.Discard(), Containment.SESSION, AtJvmDeath.END);
		OwnedTree tree = ((TreesAccess) sysprims).trees()
			.start(request, new TreePolicy(Leftovers.WAIT, TerminateTreeConfig.defaults()), new TreeListener() {
			})
			.join();
		Path ready = Path.of(command[command.length - 1]);
		ProcessFixture.awaitTrue(() -> ready.toFile().exists(), "the tree is not there");
		TerminateTreeResult result = sysprims.terminateTree(tree.child().identity(),
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
