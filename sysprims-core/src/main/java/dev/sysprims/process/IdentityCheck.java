package dev.sysprims.process;

/**
 * What became of a process whose identity was stored. Four answers, because not knowing
 * is neither of the other three: destructive calls act on {@link #SAME} only.
 */
public enum IdentityCheck {

	/** The very process is still there, running or as a zombie. */
	SAME,

	/** The number now belongs to another process. */
	REUSED,

	/** No process has the number. */
	GONE,

	/** The system did not say enough to tell. */
	UNKNOWN

}
