package dev.sysprims.tree;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeKillReliability;
import org.jspecify.annotations.Nullable;

/**
 * The end of a tree that this JVM did not start: nothing of ours pins its numbers, so
 * every member is pinned and signalled by itself. State is confined to the sweeper.
 */
final class ForeignTree implements Outcome {

	private final OperatingSystem os;

	private final ProcessEntry root;

	private final Roster roster;

	private final Ending ending;

	private final CompletableFuture<TerminateTreeResult> result = new CompletableFuture<>();

	private ForeignTree(Surroundings surroundings, ProcessEntry root, TerminateTreeConfig config) {
		this.os = surroundings.os();
		this.root = root;
		this.roster = Roster.foreign(surroundings, root);
		this.ending = new Ending(this.os.sweeper(), this.roster, RootSignals.ONE_BY_ONE, false, config, this);
	}

	/** Begins; on the sweeper. */
	static ForeignTree end(Surroundings surroundings, ProcessEntry root, TerminateTreeConfig config) {
		ForeignTree tree = new ForeignTree(surroundings, root, config);
		tree.ending.begin();
		return tree;
	}

	void join(TerminateTreeConfig config) {
		this.ending.join(config);
	}

	void cutGrace() {
		this.ending.cutGrace();
	}

	CompletableFuture<TerminateTreeResult> result() {
		return this.result;
	}

	@Override
	public void over(Ending ending) {
		this.result.complete(Termination.report(this.os, this.roster, ending, this.root.pid(), pgid(),
				TreeKillReliability.BEST_EFFORT, TreeWarnings.ofForeignTree(this.os)));
	}

	@Override
	public boolean refused(Ending ending) {
		this.result.completeExceptionally(
				new PermissionDeniedException("Cannot end process " + this.root.pid() + " (" + this.root.name()
						+ "): this JVM's user may not signal it (EPERM). Nothing was signalled. Run as the same"
						+ " user, or with CAP_KILL."));
		return true;
	}

	private @Nullable Long pgid() {
		return (this.root.pgid() == this.root.pid()) ? this.root.pgid() : null;
	}

}
