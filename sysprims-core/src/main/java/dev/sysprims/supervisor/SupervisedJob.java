package dev.sysprims.supervisor;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.tree.EndCause;
import dev.sysprims.tree.OwnedTree;
import org.jspecify.annotations.Nullable;

/**
 * One job as callers see it. {@link JobLife} drives it; what callers want of its tree
 * goes through {@link TreeHold}. Keeps only facts once it has ended.
 */
final class SupervisedJob implements Job {

	/**
	 * How long {@code await} gives a line callback for the lines that are already here.
	 */
	private static final Duration LINES_PATIENCE = Duration.ofSeconds(1);

	private final long number;

	private final String name;

	private final TerminateTreeConfig ending;

	private final OperatingSystem os;

	private final Executor callbacks;

	private final LineFeed lines;

	private final CapturedOutput output;

	private final TreeHold tree = new TreeHold();

	private final CompletableFuture<JobResult> ended = new CompletableFuture<>();

	private final EndWait wait;

	private volatile @Nullable JobFacts facts;

	private volatile boolean endIsUnderWay;

	/** Set once, and the one thing that says that the job has ended. */
	private volatile @Nullable JobResult result;

	/**
	 * A job that is about to start.
	 * @param number which one of this JVM
	 * @param name for people
	 * @param ending how its tree is ended
	 * @param output what is kept of it
	 * @param lines on their way to its callbacks
	 * @param context of the supervisor
	 */
	SupervisedJob(long number, String name, TerminateTreeConfig ending, CapturedOutput output, LineFeed lines,
			JobContext context) {
		this.number = number;
		this.name = name;
		this.ending = ending;
		this.os = context.trees().os();
		this.callbacks = context.callbacks();
		this.output = output;
		this.lines = lines;
		this.wait = new EndWait(this.ended, this.tree, ending);
	}

	/** Its program runs. */
	void begun(JobFacts facts) {
		this.facts = facts;
	}

	/** Its tree is being ended. */
	void nowEnding() {
		this.endIsUnderWay = true;
	}

	/** It is over: from now on it is not alive. */
	void nowEnded(JobResult result) {
		this.result = result;
	}

	/**
	 * Begins the end and does not wait.
	 * @param config signals and timeouts
	 * @param cause what to name as cause if nothing else came first
	 */
	void beginEnd(TerminateTreeConfig config, EndCause cause) {
		this.tree.with((owned) -> owned.terminate(config, cause));
	}

	void cutGrace() {
		this.tree.with(OwnedTree::cutGrace);
	}

	@Override
	public String id() {
		return JobIds.id(this.number);
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public long pid() {
		return facts().identity().pid();
	}

	@Override
	public ProcessIdentity identity() {
		return facts().identity();
	}

	@Override
	public JobState state() {
		if (this.result != null) {
			return JobState.ENDED;
		}
		return this.endIsUnderWay ? JobState.ENDING : JobState.RUNNING;
	}

	@Override
	public Instant startedAt() {
		return facts().startedAt();
	}

	@Override
	public CompletableFuture<JobResult> completion() {
		if (this.ended.isDone()) {
			// Not through the executor, which may be busy: whoever asks an ended job gets
			// its result.
			return this.ended.copy();
		}
		return this.ended.thenApplyAsync(Function.identity(), this.callbacks);
	}

	@Override
	public JobResult await() throws InterruptedException {
		JobResult result = this.wait.await();
		this.lines.awaitDelivery(LINES_PATIENCE);
		return result;
	}

	@Override
	public Optional<JobResult> await(Duration timeout) throws InterruptedException {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException(
					"The timeout " + timeout + " for job '" + this.name + "' is negative: use zero for a probe.");
		}
		long deadline = System.nanoTime() + EndWait.nanos(timeout);
		JobResult result = this.wait.await(EndWait.nanos(timeout));
		if (result != null) {
			Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
			this.lines.awaitDelivery((left.compareTo(LINES_PATIENCE) < 0) ? left : LINES_PATIENCE);
		}
		return Optional.ofNullable(result);
	}

	@Override
	public JobResult terminate() {
		return terminate(this.ending);
	}

	@Override
	public JobResult terminate(TerminateTreeConfig config) {
		Objects.requireNonNull(config, "config");
		beginEnd(config, EndCause.TERMINATED);
		return this.wait.finish(config);
	}

	@Override
	public void signal(Signal signal) {
		Objects.requireNonNull(signal, "signal");
		OwnedTree owned = this.tree.tree();
		Signals.require((owned != null) ? owned.signal(signal) : null, signal, this);
	}

	@Override
	public TreeKillReliability reliability() {
		// The tree first: it is let go of only when the result is there.
		OwnedTree owned = this.tree.tree();
		JobResult result = this.result;
		if (result != null) {
			return result.reliability();
		}
		return (owned != null) ? owned.reliability() : this.os.platform().treeKillReliability();
	}

	@Override
	public List<String> warnings() {
		JobResult result = this.result;
		return (result != null) ? result.warnings() : facts().warnings();
	}

	@Override
	public OutputStream stdin() {
		return facts().process().getOutputStream();
	}

	@Override
	public JobOutput output() {
		return this.output;
	}

	@Override
	public List<ProcessInfo> processes() {
		return members().infos();
	}

	@Override
	public Process toProcess() {
		return facts().process();
	}

	/** What is known since its program runs. */
	JobFacts facts() {
		return Objects.requireNonNull(this.facts, "Not before the program runs");
	}

	JobMembers members() {
		return new JobMembers(this.tree.tree(), this.os);
	}

	/** Null while it has not ended. */
	@Nullable JobResult result() {
		return this.result;
	}

	/** Completes on the sweeper, also when the program could not be started. */
	CompletableFuture<JobResult> ended() {
		return this.ended;
	}

	/** Whether there is a signal that a program can answer, which Windows has not. */
	boolean canEndPolitely() {
		return !this.os.platform().os().equals("windows");
	}

	TreeHold tree() {
		return this.tree;
	}

	long droppedLines() {
		return this.output.droppedLines();
	}

	EndWait endWait() {
		return this.wait;
	}

	TerminateTreeConfig ending() {
		return this.ending;
	}

	long number() {
		return this.number;
	}

	boolean hasBegun() {
		return this.facts != null;
	}

	/** The name, id, pid and state; no argument, which may be secret. */
	@Override
	public String toString() {
		String process = hasBegun() ? "pid=" + pid() + ", " + state() : "starting";
		return "Job[" + this.name + ", id=" + id() + ", " + process + "]";
	}

}
