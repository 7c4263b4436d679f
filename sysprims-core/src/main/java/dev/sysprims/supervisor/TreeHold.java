package dev.sysprims.supervisor;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

import dev.sysprims.tree.OwnedTree;
import org.jspecify.annotations.Nullable;

/**
 * A job's hold on its tree. What is asked of the tree before it is known is kept in order
 * and done then, so that an end that was asked for during the start is not lost. Lets go
 * when the tree is over: a remembered job must not pin pipes and descriptors.
 */
final class TreeHold {

	private final Queue<Consumer<OwnedTree>> waiting = new ArrayDeque<>(2);

	private @Nullable OwnedTree tree;

	private boolean catchingUp = true;

	private boolean released;

	/**
	 * Does something with the tree: now, or as soon as it is known, or not at all once it
	 * is over.
	 * @param action must not block
	 */
	void with(Consumer<OwnedTree> action) {
		OwnedTree known;
		synchronized (this) {
			if (this.released) {
				return;
			}
			known = this.tree;
			if (known == null || this.catchingUp) {
				this.waiting.add(action);
				return;
			}
		}
		action.accept(known);
	}

	/**
	 * Makes the tree known; what waits for it goes on waiting.
	 * @param known the tree
	 */
	synchronized void know(OwnedTree known) {
		this.tree = known;
	}

	/** Does what has waited for the tree, in order; from now on nothing waits. */
	void catchUp() {
		while (true) {
			OwnedTree known;
			Consumer<OwnedTree> next;
			synchronized (this) {
				known = this.tree;
				next = this.waiting.poll();
				if (known == null || next == null) {
					this.catchingUp = false;
					return;
				}
			}
			next.accept(known);
		}
	}

	/**
	 * The tree.
	 * @return null before it is known and when it is over
	 */
	synchronized @Nullable OwnedTree tree() {
		return this.tree;
	}

	synchronized void release() {
		this.released = true;
		this.tree = null;
		this.waiting.clear();
	}

}
