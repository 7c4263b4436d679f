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

	@Override
	void close();

	/** Makes one for each spawner thread. */
	@FunctionalInterface
	interface Factory {

		SpawnCall create() throws ErrnoException;

	}

}
