package dev.sysprims.tree;

import java.util.concurrent.CompletableFuture;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;

/**
 * The trees of this JVM: starts them, knows the live ones, ends them and those of others.
 * Thread-safe.
 */
public final class ProcessTrees {

	private final OperatingSystem os;

	public ProcessTrees(OperatingSystem os) {
		this.os = os;
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
	 * @return the running tree, or the {@link dev.sysprims.process.SysprimsException} of
	 * the spawn
	 */
	public CompletableFuture<OwnedTree> start(SpawnRequest request, TreePolicy policy, TreeListener listener) {
		throw new AssertionError("written next");
	}

}
