package dev.sysprims.escape;

/** What holds a tree together. */
enum Tier {

	/** A session and group of its own, and whatever traces there are. */
	SESSION,

	/** The same, while orphans come back to this JVM. */
	REAPER,

	/** A cgroup of its own. */
	CGROUP

}
