package dev.sysprims.process;

/** What became of one member of a tree that was to be ended. */
public enum MemberOutcome {

	/** It ended without having been sent the kill signal. */
	EXITED,

	/** It ended after it had been sent the kill signal. */
	KILLED,

	/** It was still there at the end, for a reason the kernel did not give. */
	SURVIVED,

	/** It was still there at the end, and this JVM may not signal it ({@code EPERM}). */
	NOT_PERMITTED,

	/** It was let go on purpose. */
	LEFT,

	/**
	 * Its number had passed to another process when the signal was due; that process was
	 * spared.
	 */
	REUSED

}
