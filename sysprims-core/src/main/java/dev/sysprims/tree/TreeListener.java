package dev.sysprims.tree;

import dev.sysprims.os.ExitStatus;

/**
 * Told what happens to a tree, on the sweeper: must not block and must not call user
 * code.
 */
public interface TreeListener {

	/**
	 * The program has exited; members of its tree may still be there.
	 * @param status how it ended
	 */
	default void programExited(ExitStatus status) {
	}

	/** The tree is being ended, for whatever cause. */
	default void ending() {
	}

	/**
	 * It is over: the tree is empty, or was left on purpose, or the survivors are named.
	 * Output has been delivered.
	 * @param end how it ended
	 */
	default void ended(TreeEnd end) {
	}

}
