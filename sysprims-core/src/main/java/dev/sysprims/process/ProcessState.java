package dev.sysprims.process;

/** What a process is doing, in the contract's five words. */
public enum ProcessState {

	/** On a processor or ready for one. */
	RUNNING("running"),

	/** Waiting for something; uninterruptible waits count here too. */
	SLEEPING("sleeping"),

	/** Stopped by a signal or a debugger. It has not exited. */
	STOPPED("stopped"),

	/**
	 * Exited, but not yet waited for by its parent. Counts as exited everywhere in this
	 * library.
	 */
	ZOMBIE("zombie"),

	/** The system did not say. */
	UNKNOWN("unknown");

	private final String contractName;

	ProcessState(String contractName) {
		this.contractName = contractName;
	}

	/**
	 * The contract's word for it.
	 * @return the lower-case word used in documents
	 */
	public String contractName() {
		return this.contractName;
	}

}
