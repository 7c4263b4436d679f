package dev.sysprims.os;

/** What becomes of a tree when this JVM dies without having ended it. */
public enum AtJvmDeath {

	/** It is ended, with every process that carries its marker. */
	END,

	/**
	 * It is ended as far as it is registered by then. For trees that may leave processes
	 * behind on purpose: those carry the marker still, and live on.
	 */
	END_REGISTERED,

	/** It lives on. */
	SURVIVE

}
