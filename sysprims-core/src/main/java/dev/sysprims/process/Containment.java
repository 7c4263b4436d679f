package dev.sysprims.process;

/** What is to hold the members of a process tree together. */
public enum Containment {

	/** The strongest that works here. */
	AUTO,

	/**
	 * A cgroup v2 of its own for each tree, which no descendant can leave
	 * ({@code cgroups(7)}); an error where that is not to be had.
	 */
	CGROUP,

	/**
	 * A session and process group of its own, with descent and an environment marker: a
	 * best effort, even where more could be had.
	 */
	SESSION

}
