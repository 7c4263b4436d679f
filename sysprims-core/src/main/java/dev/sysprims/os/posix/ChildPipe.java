package dev.sysprims.os.posix;

/** Our end of a pipe to a child. */
interface ChildPipe {

	/**
	 * The child runs: begins to watch where something has to happen by itself.
	 * @throws ErrnoException when the system refuses the watch
	 */
	default void start() throws ErrnoException {
	}

	/**
	 * Delivers what is in the pipe and closes it, on the thread of the event loop.
	 * Idempotent.
	 */
	void finish();

}
