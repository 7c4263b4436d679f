package dev.sysprims.process;

/** How a program ended. */
public enum ExitCause {

	/** By itself, with an exit code. */
	EXIT,

	/** By a signal. */
	SIGNAL,

	/**
	 * Killed by the kernel for lack of memory. Only known where the job has a
	 * memory-accounting group of its own.
	 */
	OUT_OF_MEMORY,

	/** Nobody can know: somebody else took the status, or the system kept none. */
	UNKNOWN

}
