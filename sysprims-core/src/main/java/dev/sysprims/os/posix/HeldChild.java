package dev.sysprims.os.posix;

import java.util.function.BooleanSupplier;

import dev.sysprims.os.PinnedProcess;
import dev.sysprims.process.ProcessIdentity;

/** An unreaped child that is known and can be watched. */
public interface HeldChild extends AutoCloseable {

	/**
	 * Which process it is.
	 * @return the identity, as strong as the system has one
	 */
	ProcessIdentity identity();

	/**
	 * Begins to watch for its exit; once.
	 * @param exitTaken called on a thread of the backend when the child may have exited:
	 * takes note of it and answers true, or answers false when it is not so yet and it is
	 * to be called again
	 * @return the pin, which owns from here on what this holds; with a warning where the
	 * system has no event for the exit
	 */
	PinnedProcess watch(BooleanSupplier exitTaken);

	/** Lets go of the child, unless it is watched. */
	@Override
	void close();

}
