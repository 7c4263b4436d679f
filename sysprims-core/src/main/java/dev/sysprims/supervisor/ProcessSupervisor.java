package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

import dev.sysprims.Sysprims;
import dev.sysprims.process.Containment;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.tree.ProcessTrees;
import dev.sysprims.tree.TreesAccess;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs so that their whole process tree can be ended, ends it, proves that
 * nothing is left, and shows it all. Thread-safe; safe on virtual threads. Make one per
 * application.
 */
public interface ProcessSupervisor extends AutoCloseable {

	/**
	 * A builder with the defaults: grace 10 s, kill 2 s, the last 64 KiB of output per
	 * stream, a history of 100 jobs, and a JVM shutdown hook that closes it.
	 * @return a new builder
	 */
	static Builder builder() {
		return new Builder();
	}

	/**
	 * Starts a job. Returns once the program runs. An interrupt does not disturb it; the
	 * flag is kept.
	 * @param spec what to run
	 * @return the running job
	 * @throws dev.sysprims.process.CommandNotFoundException when there is no such program
	 * @throws dev.sysprims.process.PermissionDeniedException when the program may not be
	 * executed
	 * @throws dev.sysprims.process.SpawnFailedException for a bad directory or file and
	 * everything else; nothing is left behind
	 * @throws IllegalStateException when the supervisor is closed
	 */
	Job start(JobSpec spec);

	/**
	 * Starts a job and waits for its end.
	 * @param spec what to run
	 * @return how it ended; a program that fails is no exception
	 * @throws InterruptedException when interrupted, after the whole tree has been ended
	 */
	JobResult run(JobSpec spec) throws InterruptedException;

	/**
	 * The live jobs and the last ended ones.
	 * @return a copy, newest first
	 */
	Collection<Job> jobs();

	/**
	 * A job by its id.
	 * @param id the id
	 * @return the job, or empty when it never was or is out of the history
	 */
	Optional<Job> job(String id);

	/**
	 * What was found on this system.
	 * @return the platform
	 */
	PlatformInfo platform();

	/**
	 * Counts since this supervisor was made.
	 * @return a copy
	 */
	JobTotals totals();

	/**
	 * Adds a listener for what happens from now on.
	 * @param listener told on the supervisor's executor
	 */
	void addListener(JobListener listener);

	/**
	 * Ends every tree, all in parallel, each with its own timeouts, and waits for that.
	 * No job starts any more. Idempotent; a second call waits for the first. An interrupt
	 * cuts the grace of all and leaves the flag set.
	 */
	@Override
	void close();

	/**
	 * Ends every tree within one budget: each grace is cut so that grace and kill timeout
	 * fit into it.
	 * @param budget the time for everything, positive
	 */
	void close(Duration budget);

	/**
	 * Whether no job can be started any more.
	 * @return true from the first call of a {@code close} method on
	 */
	boolean isClosed();

	/** Collects what differs from the defaults. Not thread-safe. */
	final class Builder {

		Duration graceTimeout = TerminateTreeConfig.defaults().graceTimeout();

		Duration killTimeout = TerminateTreeConfig.defaults().killTimeout();

		int historySize = 100;

		int tailSize = 64 * 1024;

		int lineQueueSize = 1024;

		boolean shutdownHook = true;

		Containment containment = Containment.AUTO;

		boolean subreaper;

		boolean endJobsWithJvm = true;

		@Nullable Executor executor;

		final List<JobListener> listeners = new ArrayList<>();

		Builder() {
		}

		/**
		 * How long a tree has to end by itself; a job may say otherwise.
		 * @param graceTimeout not negative, 10 s by default
		 * @return this builder
		 */
		public Builder graceTimeout(Duration graceTimeout) {
			this.graceTimeout = Objects.requireNonNull(graceTimeout, "graceTimeout");
			return this;
		}

		/**
		 * How long the end is waited for after the kill signal; a job may say otherwise.
		 * @param killTimeout positive, 2 s by default
		 * @return this builder
		 */
		public Builder killTimeout(Duration killTimeout) {
			this.killTimeout = Objects.requireNonNull(killTimeout, "killTimeout");
			return this;
		}

		/**
		 * How many ended jobs are remembered.
		 * @param historySize 0 to 100 000, 100 by default
		 * @return this builder
		 */
		public Builder historySize(int historySize) {
			this.historySize = historySize;
			return this;
		}

		/**
		 * How much of the end of each captured stream is kept.
		 * @param bytes 1 byte to 1 GiB, 64 KiB by default
		 * @return this builder
		 */
		public Builder tailSize(int bytes) {
			this.tailSize = bytes;
			return this;
		}

		/**
		 * How many lines wait for a slow line callback before the oldest are dropped.
		 * @param lines 1 to 1 000 000, 1024 by default
		 * @return this builder
		 */
		public Builder lineQueueSize(int lines) {
			this.lineQueueSize = lines;
			return this;
		}

		/**
		 * Whether a JVM shutdown hook closes this supervisor. Switch it off where
		 * something else does.
		 * @param shutdownHook true by default
		 * @return this builder
		 */
		public Builder shutdownHook(boolean shutdownHook) {
			this.shutdownHook = shutdownHook;
			return this;
		}

		/**
		 * Where listeners, line callbacks and dependents of futures run. It is not shut
		 * down by the supervisor. What it rejects, or would run on the calling thread,
		 * runs on a few daemon threads of the supervisor's own.
		 * @param executor whose {@code execute} does not block; by default those daemon
		 * threads, which end when idle
		 * @return this builder
		 */
		public Builder executor(Executor executor) {
			this.executor = Objects.requireNonNull(executor, "executor");
			return this;
		}

		/**
		 * What is to hold the process trees together.
		 * @param containment the strongest that works here by default; with
		 * {@link Containment#CGROUP}, {@link #build()} fails where a cgroup cannot be had
		 * @return this builder
		 */
		public Builder containment(Containment containment) {
			this.containment = Objects.requireNonNull(containment, "containment");
			return this;
		}

		/**
		 * Makes this JVM the subreaper of its descendants
		 * ({@code PR_SET_CHILD_SUBREAPER}, {@code prctl(2)}): orphans of jobs come back
		 * to it, so that descent stays whole where nothing stronger is to be had. It is
		 * for the whole JVM and for good: orphans of other code's children become its
		 * children too, and nobody reaps those.
		 * @param subreaper off by default; {@link #build()} fails where there is no such
		 * thing
		 * @return this builder
		 */
		public Builder subreaper(boolean subreaper) {
			this.subreaper = subreaper;
			return this;
		}

		/**
		 * Whether the trees of jobs are ended when this JVM dies without having closed
		 * the supervisor: by {@code kill -9}, a crash or {@link Runtime#halt}. A job may
		 * be declared to survive by {@link JobSpec.Builder#surviveJvm()}.
		 * @param endJobsWithJvm true by default
		 * @return this builder
		 */
		public Builder endJobsWithJvm(boolean endJobsWithJvm) {
			this.endJobsWithJvm = endJobsWithJvm;
			return this;
		}

		/**
		 * Adds a listener.
		 * @param listener told from the first job on
		 * @return this builder
		 */
		public Builder listener(JobListener listener) {
			this.listeners.add(Objects.requireNonNull(listener, "listener"));
			return this;
		}

		/**
		 * The supervisor.
		 * @return a new supervisor on this system's backend
		 * @throws IllegalArgumentException when a value is out of range
		 * @throws dev.sysprims.process.SysprimsException of kind not_supported when this
		 * system has no such containment, or no subreaper; the message says why and what
		 * to do
		 */
		public ProcessSupervisor build() {
			return build(((TreesAccess) Sysprims.system()).trees());
		}

		/** The supervisor over these trees: for tests on another backend. */
		ProcessSupervisor build(ProcessTrees trees) {
			// Checks both durations.
			TerminateTreeConfig.builder().graceTimeout(this.graceTimeout).killTimeout(this.killTimeout).build();
			requireWithin("historySize", this.historySize, 0, 100_000);
			requireWithin("tailSize", this.tailSize, 1, 1 << 30);
			requireWithin("lineQueueSize", this.lineQueueSize, 1, 1_000_000);
			return new TreeSupervisor(this, trees);
		}

		private static void requireWithin(String name, int value, int least, int most) {
			if (value < least || value > most) {
				throw new IllegalArgumentException(
						name + " " + value + " is out of range: use " + least + " to " + most + ".");
			}
		}

	}

}
