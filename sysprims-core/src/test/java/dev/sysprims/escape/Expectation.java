package dev.sysprims.escape;

/** What a tier promises about a way out. */
enum Expectation {

	/** Nobody lives when the result is there. */
	CLEAN,

	/** Whoever lives is named in the result. */
	REPORTED,

	/**
	 * Nothing in the kernel tells that the process belongs to the job: it may live, while
	 * the result looks clean and says that it is a best effort, and why.
	 */
	ESCAPES_AS_DOCUMENTED,

	/** The process is none of the job's: it must live. */
	NOT_OURS

}
