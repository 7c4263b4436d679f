package dev.sysprims.boot.metrics;

import java.time.Duration;
import java.util.Locale;

import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeMember;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters that are told by events. No pid and no argument is ever a tag; the number of
 * names is bounded, so the number of meters is. Thread-safe.
 */
public final class JobMetrics implements JobListener {

	private final MeterRegistry registry;

	private final JobNames names;

	private final Timer spawn;

	private final Counter identityMismatches;

	private final Counter droppedLines;

	/**
	 * Registers all meters whose tags are known before the first job.
	 * @param registry where to
	 * @param names the values of the tag {@code name}
	 */
	public JobMetrics(MeterRegistry registry, JobNames names) {
		this.registry = registry;
		this.names = names;
		this.spawn = Timer.builder("sysprims.spawn")
			.description("Time from the call until a program ran")
			.register(registry);
		for (TerminationOutcome outcome : TerminationOutcome.values()) {
			terminations(outcome);
		}
		this.identityMismatches = Counter.builder("sysprims.identity.mismatches")
			.description("Signals withheld because a process id had passed to another process")
			.register(registry);
		this.droppedLines = Counter.builder("sysprims.output.dropped")
			.description("Lines of output lost because a line callback was too slow")
			.baseUnit("lines")
			.register(registry);
	}

	@Override
	public void started(Job job, Duration spawnTime) {
		this.spawn.record(spawnTime);
	}

	@Override
	public void ended(Job job, JobResult result) {
		Timer.builder("sysprims.jobs")
			.description("Time from the start of a job to the end of its process tree")
			.tag("name", this.names.tagFor(result.name()))
			.tag("outcome", result.outcome().name().toLowerCase(Locale.ROOT))
			.register(this.registry)
			.record(result.elapsed());
		TerminateTreeResult termination = result.termination();
		if (termination != null) {
			terminations(TerminationOutcome.of(termination)).record(termination.elapsed());
		}
	}

	@Override
	public void identityMismatch(Job job, TreeMember member) {
		this.identityMismatches.increment();
	}

	@Override
	public void outputDropped(Job job, long lines) {
		this.droppedLines.increment((double) lines);
	}

	private Timer terminations(TerminationOutcome outcome) {
		return Timer.builder("sysprims.terminations")
			.description("Time in which a process tree was ended")
			.tag("result", outcome.tag())
			.register(this.registry);
	}

}
