package dev.sysprims.os.posix;

import dev.sysprims.os.KernelContainer;

/** A container that a child can be born into. Thread-safe. */
public interface JobContainer extends KernelContainer {

	/**
	 * Moves a process in that has no children yet.
	 * @param pid its number, pinned
	 * @throws ErrnoException when the system refuses; of {@link Errno#ESRCH} when there
	 * is no such process
	 */
	void admit(int pid) throws ErrnoException;

	/**
	 * Opens it, for a call that takes it as a descriptor.
	 * @return the descriptor, to be closed by the caller
	 * @throws ErrnoException when it cannot be opened
	 */
	int open() throws ErrnoException;

}
