package dev.sysprims.supervisor;

import java.util.List;
import java.util.concurrent.Executor;

import dev.sysprims.os.Sweeper;
import dev.sysprims.tree.ProcessTrees;

/**
 * What all jobs of one supervisor share.
 *
 * @param trees where trees are started
 * @param callbacks where user code runs; never throws, never runs it in the caller
 * @param listeners safe to iterate while others are added
 * @param registry the jobs
 * @param counters the totals
 */
record JobContext(ProcessTrees trees, Executor callbacks, List<JobListener> listeners, JobRegistry registry,
		JobCounters counters) {

	Sweeper sweeper() {
		return this.trees.os().sweeper();
	}

}
