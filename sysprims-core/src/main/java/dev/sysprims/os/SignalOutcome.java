package dev.sysprims.os;

/** What came of sending a signal. */
public enum SignalOutcome {

	/** The kernel took it. */
	SENT,

	/** The process has exited. */
	GONE,

	/** The number belongs to another process now; nothing was sent. */
	REUSED,

	/** This JVM may not signal it. */
	NOT_PERMITTED,

	/** This backend or system cannot send this signal. */
	NOT_SUPPORTED

}
