package dev.sysprims.process;

/** By which bond a process was found to belong to a tree. */
public enum FoundBy {

	/** It is the root of the tree. */
	LEADER,

	/** It is in the leader's process group. */
	GROUP,

	/** It is in the leader's session. */
	SESSION,

	/** It descends from another member. */
	DESCENT

}
