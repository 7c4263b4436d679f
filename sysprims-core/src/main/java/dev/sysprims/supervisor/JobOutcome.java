package dev.sysprims.supervisor;

/**
 * How a job ended, by what came first: its timeout, a request to end, else the way its
 * program exited.
 */
public enum JobOutcome {

	/** Its program exited with code 0. */
	SUCCEEDED,

	/** Its program exited with another code, or a signal ended it. */
	FAILED,

	/** Its timeout passed. */
	TIMED_OUT,

	/** Somebody asked for its end: a caller, an interrupt, a shutdown. */
	TERMINATED,

	/** It ended and nobody can know how. */
	LOST

}
