package dev.sysprims.tree;

/** Why a tree ended: whatever came first. */
public enum EndCause {

	/** The program ended by itself. */
	EXITED,

	/** Somebody asked for it. */
	TERMINATED,

	/** Its time was over. */
	TIMED_OUT

}
