package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.tree.EndCause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends jobs, all in parallel, and waits for that, bounded. */
final class Closing {

	private static final Logger logger = LoggerFactory.getLogger(Closing.class);

	private static final Duration MOST_RESERVE = Duration.ofMillis(250);

	private final List<SupervisedJob> jobs;

	private final @Nullable Duration budget;

	/**
	 * An end of these jobs.
	 * @param jobs also those about to start: they are ended as soon as they run
	 * @param budget the time for everything, or null for the timeouts of the jobs
	 */
	Closing(List<SupervisedJob> jobs, @Nullable Duration budget) {
		this.jobs = jobs;
		this.budget = budget;
	}

	void run() {
		long deadline = System.nanoTime() + EndWait.nanos(bound());
		this.jobs.forEach((job) -> job.beginEnd(configFor(job), EndCause.TERMINATED));
		awaitAll(deadline);
		for (SupervisedJob job : this.jobs) {
			JobResult result = job.result();
			if (result != null && !result.survivors().isEmpty()) {
				logger.warn("Processes of {} could not be ended: {}", job, result.survivors());
			}
		}
	}

	private Duration bound() {
		if (this.budget != null) {
			return this.budget;
		}
		return this.jobs.stream()
			.map((job) -> job.ending().graceTimeout().plus(job.ending().killTimeout()))
			.max(Duration::compareTo)
			.orElse(Duration.ZERO)
			.plus(EndWait.SLACK);
	}

	private TerminateTreeConfig configFor(SupervisedJob job) {
		return (this.budget != null) ? fit(job.ending(), this.budget) : job.ending();
	}

	/**
	 * Cuts timeouts so that both fit a budget, less a little for the output that is still
	 * in the pipes. The kill gets half of it at most: a polite end is worth more.
	 */
	static TerminateTreeConfig fit(TerminateTreeConfig config, Duration budget) {
		Duration usable = budget.minus(min(budget.dividedBy(10), MOST_RESERVE));
		Duration kill = min(config.killTimeout(), max(usable.dividedBy(2), Duration.ofNanos(1)));
		Duration grace = min(config.graceTimeout(), usable.minus(kill));
		return config.toBuilder().graceTimeout(grace).killTimeout(kill).build();
	}

	private void awaitAll(long deadline) {
		CompletableFuture<Void> all = CompletableFuture
			.allOf(this.jobs.stream().map(SupervisedJob::ended).toArray(CompletableFuture<?>[]::new));
		boolean interrupted = false;
		try {
			while (!all.isDone()) {
				try {
					all.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
				}
				catch (InterruptedException ex) {
					interrupted = true;
					this.jobs.forEach(SupervisedJob::cutGrace);
				}
			}
		}
		catch (ExecutionException ex) {
			logger.debug("A job that was about to start has failed to.", ex);
		}
		catch (TimeoutException ex) {
			List<SupervisedJob> late = this.jobs.stream().filter((job) -> !job.ended().isDone()).toList();
			logger.warn("Not ended when the time for closing was over, and left to their own deadlines: {}", late);
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static Duration min(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

}
