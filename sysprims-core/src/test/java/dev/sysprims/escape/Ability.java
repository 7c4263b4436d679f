package dev.sysprims.escape;

/**
 * By what the session tier can tell that a process belongs to a job, beyond what it
 * always can.
 */
enum Ability {

	/** Group, session and descent: always there. */
	BONDS("group, session and descent"),

	/** The environment of a process is searched for the job's marker. */
	MARKER("the marker in the environment"),

	/** Who holds the job's own pipes is known. */
	PIPES("who holds the job's pipes"),

	/** Descendants that were seen while the job lived are remembered. */
	LEDGER("the ledger of descendants seen"),

	/** A process whose first thread has ended is not taken for a zombie. */
	THREADS("threads that outlive the first one"),

	/**
	 * The marker of such a process is found; {@code /proc/PID/environ} is empty then, and
	 * {@code /proc/PID/task/TID/environ} is not.
	 */
	MARKER_OF_THREADS("the marker of threads that outlive the first one"),

	/**
	 * An empty look counts only if nobody has forked since the one before: a process that
	 * is replaced every few milliseconds may exit in front of the reader and be there
	 * again behind its back, twice in a row.
	 */
	QUIET_TABLE("looks between which nobody has forked");

	private final String description;

	Ability(String description) {
		this.description = description;
	}

	@Override
	public String toString() {
		return this.description;
	}

}
