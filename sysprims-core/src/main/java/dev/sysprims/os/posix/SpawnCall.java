package dev.sysprims.os.posix;

/** The one call that starts a program. */
interface SpawnCall extends AutoCloseable {

	/**
	 * Starts a program; may hang on a dead file system.
	 * @param program what to run
	 * @param stdin its descriptor 0
	 * @param stdout its descriptor 1
	 * @param stderr its descriptor 2
	 * @return the pid of a child that executes the program
	 * @throws ErrnoException when it could not be started; there is no child then
	 */
	int spawn(PreparedProgram program, int stdin, int stdout, int stderr) throws ErrnoException;

	/**
	 * Starts a program inside a container.
	 * @param program what to run
	 * @param stdin its descriptor 0
	 * @param stdout its descriptor 1
	 * @param stderr its descriptor 2
	 * @param container joined before the program is executed
	 * @return the pid of a child that executes the program
	 * @throws ErrnoException when it could not be started; there is no child then
	 * @throws NotContainedException when the child could not be brought into the
	 * container; there is no child then, and the program was not executed
	 */
	default int spawn(PreparedProgram program, int stdin, int stdout, int stderr, JobContainer container)
			throws ErrnoException, NotContainedException {
		throw new NotContainedException("this way of starting knows no containers");
	}

	/** Whether its thread should be replaced by a fresh one, with a call of its own. */
	default boolean isWorn() {
		return false;
	}

	@Override
	void close();

	/** Makes one for each spawner thread. */
	@FunctionalInterface
	interface Factory {

		SpawnCall create() throws ErrnoException;

	}

}
