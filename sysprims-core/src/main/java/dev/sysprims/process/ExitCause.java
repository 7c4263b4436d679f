package dev.sysprims.process;

/** How a program ended. */
public enum ExitCause {

	/** By itself, with an exit code. */
	EXIT,

	/** By a signal. */
	SIGNAL,

	/**
	 * Killed by the kernel for lack of memory. Only known where the job has a cgroup v2
	 * of its own with the memory controller: the kernel has counted a victim in it, and
	 * the program ended by SIGKILL, which nobody here had sent it. Elsewhere such an end
	 * is a {@link #SIGNAL}.
	 */
	OUT_OF_MEMORY,

	/** Nobody can know: somebody else took the status, or the system kept none. */
	UNKNOWN

}
