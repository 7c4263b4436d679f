package dev.sysprims.boot.metrics;

import java.util.Locale;

import dev.sysprims.process.TerminateTreeResult;

/** How the end of a tree went: the values of the tag {@code result}. */
enum TerminationOutcome {

	/** All members ended within the grace timeout. */
	GRACEFUL,

	/** A kill signal was needed. */
	KILLED,

	/** The tree was not verified empty: somebody may live on. */
	INCOMPLETE;

	static TerminationOutcome of(TerminateTreeResult termination) {
		if (!termination.exited()) {
			return INCOMPLETE;
		}
		return termination.escalated() ? KILLED : GRACEFUL;
	}

	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
