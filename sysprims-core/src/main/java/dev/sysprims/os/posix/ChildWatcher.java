package dev.sysprims.os.posix;

import java.util.function.BooleanSupplier;

import dev.sysprims.os.PinnedProcess;

/** Sees the exit of an unreaped child of this JVM. What the systems do differently. */
public interface ChildWatcher {

	/**
	 * Watches a child.
	 * @param pid the child, not reaped before its exit was taken note of
	 * @param exitTaken called on a thread of the backend when the child may have exited:
	 * takes note of it and answers true, or answers false when it is not so yet and it is
	 * to be called again
	 * @return the pin; with a warning where the system has no event for it
	 */
	PinnedProcess watch(long pid, BooleanSupplier exitTaken);

}
