package dev.sysprims.supervisor;

/** Where a job is in its life. */
public enum JobState {

	/** Its program runs, or members are waited for. */
	RUNNING,

	/** Its tree is being ended. */
	ENDING,

	/**
	 * Its program has ended and its tree is empty, or its members were left on purpose,
	 * or the kill timeout is spent and the survivors are named.
	 */
	ENDED

}
