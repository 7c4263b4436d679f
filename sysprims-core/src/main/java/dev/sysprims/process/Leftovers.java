package dev.sysprims.process;

/**
 * What happens to members of a tree that are still there when the program itself has
 * ended.
 */
public enum Leftovers {

	/** They are ended with the job's own timeouts. */
	END,

	/** The job goes on until they have ended by themselves. */
	WAIT,

	/** They are let go on purpose; the result names them. */
	LEAVE

}
