package dev.sysprims.os.posix;

/**
 * A file without a name that this JVM writes and its watchdog reads. Writing never waits
 * for a reader.
 */
public interface TableFile extends AutoCloseable {

	/**
	 * Writes all of it, or fails.
	 * @param bytes what
	 * @param offset where
	 * @throws ErrnoException when the system refuses, for lack of memory for one
	 */
	void write(byte[] bytes, long offset) throws ErrnoException;

	/**
	 * Cuts it off.
	 * @param size the new size
	 * @throws ErrnoException when the system refuses
	 */
	void truncate(long size) throws ErrnoException;

	/**
	 * Opens it once more, only for reading and at its beginning.
	 * @return a descriptor of its own, not inherited by accident, to be closed
	 * @throws ErrnoException when the system refuses
	 */
	int openForReading() throws ErrnoException;

	@Override
	void close();

	/** Makes an empty one. */
	@FunctionalInterface
	interface Factory {

		/**
		 * A new file.
		 * @return the file
		 * @throws ErrnoException when the system refuses
		 */
		TableFile create() throws ErrnoException;

	}

}
