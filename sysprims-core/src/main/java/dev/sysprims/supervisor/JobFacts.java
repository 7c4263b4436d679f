package dev.sysprims.supervisor;

import java.time.Instant;
import java.util.List;

import dev.sysprims.process.ProcessIdentity;

/**
 * What is known of a job from the moment its program runs.
 *
 * @param identity which process
 * @param startedAt when, for people
 * @param begun when, on the sweeper's clock
 * @param warnings of the system and of the child
 * @param process the job as a {@link Process}
 */
record JobFacts(ProcessIdentity identity, Instant startedAt, long begun, List<String> warnings, JobProcess process) {

}
