package dev.sysprims.supervisor;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts what a supervisor has seen. Thread-safe. */
final class JobCounters {

	private final LongAdder started = new LongAdder();

	private final Map<JobOutcome, LongAdder> ended = new EnumMap<>(JobOutcome.class);

	private final LongAdder escalated = new LongAdder();

	private final LongAdder survivors = new LongAdder();

	JobCounters() {
		for (JobOutcome outcome : JobOutcome.values()) {
			this.ended.put(outcome, new LongAdder());
		}
	}

	void started() {
		this.started.increment();
	}

	void ended(JobResult result) {
		count(result.outcome()).increment();
		if (result.escalated()) {
			this.escalated.increment();
		}
		this.survivors.add(result.survivors().size());
	}

	/** The ends are read before the starts, so that no job counts as ended only. */
	JobTotals totals() {
		long succeeded = count(JobOutcome.SUCCEEDED).sum();
		long failed = count(JobOutcome.FAILED).sum();
		long timedOut = count(JobOutcome.TIMED_OUT).sum();
		long terminated = count(JobOutcome.TERMINATED).sum();
		long lost = count(JobOutcome.LOST).sum();
		long begun = this.started.sum();
		return new JobTotals(begun, begun - succeeded - failed - timedOut - terminated - lost, succeeded, failed,
				timedOut, terminated, lost, this.escalated.sum(), this.survivors.sum());
	}

	private LongAdder count(JobOutcome outcome) {
		return Objects.requireNonNull(this.ended.get(outcome), "There is a counter for each outcome");
	}

}
