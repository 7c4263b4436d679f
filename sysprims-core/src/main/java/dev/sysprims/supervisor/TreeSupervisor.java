package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.supervisor.JobLife.Launch;
import dev.sysprims.tree.Failures;
import dev.sysprims.tree.ProcessTrees;
import org.jspecify.annotations.Nullable;

/** The supervisor over the trees of one backend. */
final class TreeSupervisor implements ProcessSupervisor {

	private final ProcessTrees trees;

	private final List<JobListener> listeners;

	private final JobRegistry registry;

	private final JobCounters counters = new JobCounters();

	private final JobContext context;

	private final Duration graceTimeout;

	private final Duration killTimeout;

	private final OutputSizes sizes;

	private final @Nullable ShutdownHook hook;

	/**
	 * A supervisor.
	 * @param from checked by {@link ProcessSupervisor.Builder#build()}
	 * @param trees where its trees are started
	 */
	TreeSupervisor(Builder from, ProcessTrees trees) {
		trees.os().requireContainment(from.containment);
		this.trees = trees;
		this.graceTimeout = from.graceTimeout;
		this.killTimeout = from.killTimeout;
		this.sizes = new OutputSizes(from.tailSize, from.lineQueueSize);
		this.listeners = new CopyOnWriteArrayList<>(from.listeners);
		this.registry = new JobRegistry(from.historySize);
		this.context = new JobContext(trees, new CallbackExecutor(from.executor, trees.os().sweeper()), this.listeners,
				this.registry, this.counters, from.containment, from.endJobsWithJvm);
		if (from.subreaper) {
			trees.os().adoptOrphans();
		}
		this.hook = from.shutdownHook ? ShutdownHook.register(this::close) : null;
	}

	@Override
	public Job start(JobSpec spec) {
		Objects.requireNonNull(spec, "spec");
		TerminateTreeConfig ending = spec.terminateConfig(this.graceTimeout, this.killTimeout);
		Launch launch = JobLife.launch(spec, ending, this.sizes, this.context);
		try {
			// Not interruptible: whoever gets an exception instead of a running program
			// could not end it. The flag is kept.
			launch.begun().join();
			return launch.job();
		}
		catch (CompletionException ex) {
			SysprimsException reason = Failures.seenFromHere(Failures.asUnchecked(ex));
			launch.life().tell((listener) -> listener.startFailed(spec, reason));
			throw reason;
		}
	}

	@Override
	public JobResult run(JobSpec spec) throws InterruptedException {
		if (Thread.interrupted()) {
			throw new InterruptedException("Interrupted before '" + spec.name() + "' was started.");
		}
		return start(spec).await();
	}

	@Override
	public Collection<Job> jobs() {
		return this.registry.jobs();
	}

	@Override
	public Optional<Job> job(String id) {
		return Optional.ofNullable(this.registry.job(id));
	}

	@Override
	public PlatformInfo platform() {
		return this.trees.os().platform();
	}

	@Override
	public JobTotals totals() {
		return this.counters.totals();
	}

	@Override
	public void addListener(JobListener listener) {
		this.listeners.add(Objects.requireNonNull(listener, "listener"));
	}

	@Override
	public void close() {
		new Closing(this.registry.close(), null).run();
		closed();
	}

	@Override
	public void close(Duration budget) {
		if (budget.isZero() || budget.isNegative()) {
			throw new IllegalArgumentException(
					"The budget " + budget + " must be positive; close() uses the timeouts of the jobs.");
		}
		new Closing(this.registry.close(), budget).run();
		closed();
	}

	@Override
	public boolean isClosed() {
		return this.registry.isClosed();
	}

	private void closed() {
		this.trees.os().releaseIdle();
		if (this.hook != null) {
			this.hook.remove();
		}
	}

	@Override
	public String toString() {
		JobTotals totals = totals();
		return "ProcessSupervisor[active=" + totals.active() + ", started=" + totals.started() + "]";
	}

}
