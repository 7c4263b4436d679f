package dev.sysprims.process;

/** Whom the first, polite signal reaches. The kill signal always takes the whole tree. */
public enum FirstSignal {

	/** Every member. */
	TREE,

	/**
	 * The leader only: for servers that stop their own workers in order, where work would
	 * be lost otherwise.
	 */
	LEADER

}
