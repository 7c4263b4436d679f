package dev.sysprims.process;

/**
 * What a backend can do on the system at hand. Where one is missing, results carry a
 * warning that says what is weaker.
 */
public enum Capability {

	/** A child starts as the leader of a session and process group of its own. */
	OWN_SESSION,

	/**
	 * A child inherits no descriptor, no blocked signal and no ignored signal of this
	 * JVM.
	 */
	CLEAN_SPAWN,

	/** Any signal can be sent, not only those for a polite and a forced end. */
	ANY_SIGNAL,

	/** Death by a signal is told apart from an exit code above 128. */
	EXIT_SIGNAL,

	/**
	 * The exit of a process that this JVM did not start is an event and needs no polling.
	 */
	FOREIGN_EXIT_EVENT,

	/** How a process that this JVM did not start has ended can be known. */
	FOREIGN_EXIT_STATUS,

	/** A live child costs no thread. */
	NO_THREAD_PER_CHILD,

	/** Processor time and memory of a finished child are known. */
	USAGE,

	/**
	 * A signal goes through a descriptor that pins the process, so that a reused number
	 * cannot be hit.
	 */
	PINNED_SIGNAL,

	/** A process table that names group and session of each process. */
	GROUPS_VISIBLE

}
