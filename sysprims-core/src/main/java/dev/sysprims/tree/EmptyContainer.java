package dev.sysprims.tree;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;

/**
 * Removes the container of a tree that is over: now, or when those that were left in it
 * have ended, which costs a watch and no timer.
 */
final class EmptyContainer {

	private final KernelContainer container;

	private Runnable unwatch = () -> {
	};

	private boolean removed;

	private EmptyContainer(KernelContainer container) {
		this.container = container;
	}

	/** On the sweeper. */
	static void remove(KernelContainer container, Sweeper sweeper) {
		EmptyContainer empty = new EmptyContainer(container);
		if (!empty.removed()) {
			empty.unwatch = container.watch(() -> sweeper.execute(empty::removed));
		}
	}

	private boolean removed() {
		if (!this.removed && !isPopulated()) {
			this.removed = true;
			this.container.remove();
			this.unwatch.run();
		}
		return this.removed;
	}

	private boolean isPopulated() {
		try {
			return this.container.isPopulated();
		}
		catch (SysprimsException ex) {
			// Nobody can wait for what cannot be read: the system refuses the removal
			// itself while somebody is inside.
			return false;
		}
	}

}
