package dev.sysprims.tree;

/** What to do when an ending is over. */
interface Outcome {

	void over(Ending ending);

	/**
	 * The root may not be signalled, and nothing else was: the caller is told before
	 * anything has happened.
	 */
	default boolean refused(Ending ending) {
		return false;
	}

}
