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
	DESCENT,

	/** The kernel holds it in the tree's container, a cgroup of its own. */
	CONTAINER,

	/** It carries the job's marker in its environment. */
	MARKER,

	/** It holds one of the pipes that the job was given. */
	PIPE

}
