package dev.sysprims.schedule;

/** What holds in every world, whatever happens in it. */
enum Rule {

	/** Nobody else's process is signalled or named as a member. */
	NOBODY_ELSE,

	/** A member in sight that lives when the tree is over is named. */
	SURVIVORS_ARE_NAMED,

	/** A tree that is called empty has no member in sight. */
	EMPTY_IS_EMPTY,

	/**
	 * No member is said to have ended while it lives, and the parts of a report agree.
	 */
	REPORT_IS_TRUE,

	/** Whoever is given up was killed, as far as it can be. */
	KILLED_BEFORE_GIVEN_UP,

	/** Every call returns within its timeouts. */
	WITHIN_BUDGET,

	/** Calls for the same tree get the same answer, and listeners hear it once. */
	CALLS_AGREE,

	/** No leader stays a zombie. */
	NO_ZOMBIE,

	/** Every pin is closed. */
	NO_LEAK,

	/** Nothing is thrown. */
	NO_FAILURE

}
