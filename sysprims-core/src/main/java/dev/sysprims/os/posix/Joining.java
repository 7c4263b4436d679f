package dev.sysprims.os.posix;

/**
 * Brings a child into its container before it executes its program, so that it cannot
 * have forked outside. Confined to one thread; one spawn after the other.
 */
public interface Joining extends AutoCloseable {

	/**
	 * Gets ready for a child.
	 * @param attributes address of the attributes, whose flags may be changed for this
	 * spawn
	 * @param fileActions address of the list, which has set up 0 to 2 and closed the rest
	 * @param container for the child
	 * @throws ErrnoException when the system refuses; then nothing is to be settled
	 */
	void prepare(long attributes, long fileActions, JobContainer container) throws ErrnoException;

	/**
	 * The spawn call has returned.
	 * @param error what it returned
	 * @param pid the child when it returned 0
	 * @throws NotContainedException when the child did not get into its container. If
	 * there is a child, it has not executed its program and is as good as dead.
	 */
	void settle(int error, int pid) throws NotContainedException;

	/**
	 * Whether an error may mean that the container refused the child, which this cannot
	 * tell from a program that cannot be executed.
	 * @param error what the call returned
	 * @return true when it has to be found out
	 */
	boolean isAmbiguous(int error);

	/**
	 * Whether the thread should be replaced by a fresh one.
	 * @return true when it has become slow or cannot go on
	 */
	boolean isWorn();

	@Override
	void close();

}
