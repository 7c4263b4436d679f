package dev.sysprims.tree;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;

/**
 * The trees of this JVM: starts them, knows the live ones, ends them and those of others.
 * Thread-safe.
 */
public final class ProcessTrees {

	private final OperatingSystem os;

	private final Map<Long, SupervisedTree> live = new ConcurrentHashMap<>();

	private final Map<ProcessKey, ForeignTree> foreign = new HashMap<>();

	private final Surroundings surroundings;

	private final KeptStatuses kept = new KeptStatuses();

	/**
	 * The trees on this system.
	 * @param os the backend
	 */
	public ProcessTrees(OperatingSystem os) {
		this.os = os;
		this.surroundings = new Surroundings(os, this.live::values, this.live::containsKey);
	}

	/**
	 * The system below.
	 * @return the backend
	 */
	public OperatingSystem os() {
		return this.os;
	}

	/**
	 * Starts a program as the root of a new tree. Returns at once.
	 * @param request what to start
	 * @param policy what happens to leftovers
	 * @param listener told on the sweeper what happens
	 * @return the running tree, registered already, or the
	 * {@link dev.sysprims.process.SysprimsException} of the spawn
	 */
	public CompletableFuture<OwnedTree> start(SpawnRequest request, TreePolicy policy, TreeListener listener) {
		// The exit may come before the child is known here: it is looked at only after
		// the tree was registered.
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		return this.os.spawner()
			.spawn(request, exit::complete)
			.thenApply((child) -> register(child, exit, policy, listener));
	}

	private OwnedTree register(SpawnedChild child, CompletableFuture<ExitStatus> exit, TreePolicy policy,
			TreeListener listener) {
		long pid = child.identity().pid();
		SupervisedTree tree = new SupervisedTree(this.surroundings, child, policy, listener,
				() -> this.live.remove(pid));
		this.live.put(pid, tree);
		tree.programExit().thenAccept((status) -> this.kept.keep(child.key(), status));
		Runnable mayGo = this.os.sweeper().stay();
		tree.end().thenRun(mayGo);
		exit.thenAccept((status) -> {
			// Those who only wait for the program need not wait for the sweeper.
			tree.programExit().complete(status);
			this.os.sweeper().execute(() -> tree.programExited(status));
		});
		return tree;
	}

	/**
	 * The live tree whose program has this pid.
	 * @param pid the program
	 * @return the tree, until its program is reaped: from then on the number may be
	 * another's
	 */
	public Optional<OwnedTree> owned(long pid) {
		return Optional.ofNullable(this.live.get(pid));
	}

	/**
	 * How a program that was started here has ended; the last 1 024 are kept.
	 * @param pid its pid
	 * @return the process and its status
	 */
	public Optional<Map.Entry<ProcessKey, ExitStatus>> keptStatus(long pid) {
		return this.kept.of(pid);
	}

	/**
	 * Ends the tree of a process that was not started here. A call for one that is being
	 * ended joins the sequence.
	 * @param root its line of the process table
	 * @param config signals and timeouts
	 * @return the report, or {@link dev.sysprims.process.PermissionDeniedException} when
	 * the root may not be signalled
	 */
	public CompletableFuture<TerminateTreeResult> terminateForeign(ProcessEntry root, TerminateTreeConfig config) {
		CompletableFuture<TerminateTreeResult> result = new CompletableFuture<>();
		this.os.sweeper().execute(() -> {
			ForeignTree tree = this.foreign.get(root.key());
			if (tree != null) {
				tree.join(config);
			}
			else {
				tree = ForeignTree.end(this.surroundings, root, config);
				this.foreign.put(root.key(), tree);
				tree.result().whenComplete((report, failure) -> this.foreign.remove(root.key()));
			}
			tree.result().whenComplete((report, failure) -> {
				if (failure != null) {
					result.completeExceptionally(failure);
				}
				else {
					result.complete(report);
				}
			});
		});
		return result;
	}

	/**
	 * Cuts the grace of a tree that was not started here and is being ended.
	 * @param root its root
	 */
	public void cutForeignGrace(ProcessKey root) {
		this.os.sweeper().execute(() -> {
			ForeignTree tree = this.foreign.get(root);
			if (tree != null) {
				tree.cutGrace();
			}
		});
	}

}
