package dev.sysprims.supervisor;

import java.util.List;
import java.util.concurrent.Executor;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.Containment;
import dev.sysprims.process.Leftovers;
import dev.sysprims.tree.ProcessTrees;

/**
 * What all jobs of one supervisor share.
 *
 * @param trees where trees are started
 * @param callbacks where user code runs; never throws, never runs it in the caller
 * @param listeners safe to iterate while others are added
 * @param registry the jobs
 * @param counters the totals
 * @param containment what is to hold the trees together
 * @param endJobsWithJvm whether trees are ended when this JVM dies
 */
record JobContext(ProcessTrees trees, Executor callbacks, List<JobListener> listeners, JobRegistry registry,
		JobCounters counters, Containment containment, boolean endJobsWithJvm) {

	AtJvmDeath atJvmDeath(JobSpec spec) {
		if (!this.endJobsWithJvm || spec.survivesJvm()) {
			return AtJvmDeath.SURVIVE;
		}
		return (spec.leftovers() == Leftovers.LEAVE) ? AtJvmDeath.END_REGISTERED : AtJvmDeath.END;
	}

	Sweeper sweeper() {
		return this.trees.os().sweeper();
	}

}
