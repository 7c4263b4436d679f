package dev.sysprims.supervisor;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.tree.EndCause;
import dev.sysprims.tree.OwnedTree;
import dev.sysprims.tree.TreeEnd;
import dev.sysprims.tree.TreeListener;
import dev.sysprims.tree.TreePolicy;
import org.jspecify.annotations.Nullable;

/**
 * One job: follows its tree from the start to the end and tells whoever waits or listens.
 * Its life is driven on the sweeper; what callers ask goes through {@link TreeHold}.
 */
final class SupervisedJob implements Job {

	/**
	 * How long {@code await} gives a line callback for the lines that are already here.
	 */
	private static final Duration LINES_PATIENCE = Duration.ofSeconds(1);

	private final long number;

	private final String name;

	private final TerminateTreeConfig ending;

	private final JobContext context;

	private final JobEvents events;

	private final LineFeed lines;

	private final CapturedOutput output;

	private final TreeHold tree = new TreeHold();

	private final CompletableFuture<JobResult> ended = new CompletableFuture<>();

	private final EndWait wait;

	private volatile @Nullable JobFacts facts;

	private volatile boolean isEnding;

	/** Set once, and the one thing that says that the job has ended. */
	private volatile @Nullable JobResult result;

	private Runnable cancelTimer = () -> {
	};

	private SupervisedJob(long number, String name, TerminateTreeConfig ending, Stdio stdio, LineFeed lines,
			JobContext context, SerialExecutor serial) {
		this.number = number;
		this.name = name;
		this.ending = ending;
		this.context = context;
		this.events = new JobEvents(context.listeners(), serial);
		this.lines = lines;
		this.output = stdio.output();
		this.wait = new EndWait(this.ended, this.tree, ending);
	}

	/** A job that is admitted and on its way. */
	record Launch(SupervisedJob job, CompletableFuture<Void> begun) {
	}

	/**
	 * Admits a job and has its program started.
	 * @param spec what to start
	 * @param ending how its tree is ended
	 * @param settings sizes of tail and line queue
	 * @param context of the supervisor
	 * @return the job, and a future that completes when it has begun or could not
	 * @throws IllegalStateException when the supervisor is closed
	 */
	static Launch launch(JobSpec spec, TerminateTreeConfig ending, OutputSizes settings, JobContext context) {
		long number = JobIds.nextNumber();
		String owner = "job " + JobIds.id(number) + " (" + spec.name() + ")";
		SerialExecutor serial = new SerialExecutor(context.callbacks(), owner);
		LineFeed lines = new LineFeed(serial, settings.lineQueue(), owner);
		Stdio stdio = Stdio.of(spec, settings.tail(), lines);
		SupervisedJob job = new SupervisedJob(number, spec.name(), ending, stdio, lines, context, serial);
		context.registry().admit(job);
		return new Launch(job, job.spawn(spec, stdio));
	}

	private CompletableFuture<Void> spawn(JobSpec spec, Stdio stdio) {
		long asked = this.context.sweeper().nanoTime();
		SpawnRequest request = new SpawnRequest(spec.command(), stdio.stdin(), stdio.stdout(), stdio.stderr());
		CompletableFuture<OwnedTree> started;
		try {
			started = this.context.trees().start(request, new TreePolicy(spec.leftovers(), this.ending), new Life());
		}
		catch (RuntimeException | Error ex) {
			started = CompletableFuture.failedFuture(ex);
		}
		return started.thenAccept((owned) -> begin(owned, asked, spec)).whenComplete((nothing, failure) -> {
			if (failure != null) {
				this.context.registry().withdraw(this);
				this.ended.completeExceptionally(failure);
			}
		});
	}

	private void begin(OwnedTree owned, long asked, JobSpec spec) {
		try {
			follow(owned, asked, spec);
		}
		catch (RuntimeException | Error ex) {
			// Nobody would ever know of it.
			owned.terminate(this.ending, EndCause.TERMINATED);
			throw ex;
		}
	}

	private void follow(OwnedTree owned, long asked, JobSpec spec) {
		Sweeper sweeper = this.context.sweeper();
		SpawnedChild child = owned.child();
		long now = sweeper.nanoTime();
		this.tree.know(owned);
		this.facts = new JobFacts(child.identity(), sweeper.now(), now, child.warnings(),
				JobProcess.of(this, child, spec, handle(owned)));
		this.context.counters().started();
		this.events.tell((listener) -> listener.started(this, Duration.ofNanos(now - asked)));
		if (spec.timeout() != null) {
			this.cancelTimer = sweeper.schedule(now + EndWait.nanos(spec.timeout()),
					() -> beginEnd(this.ending, EndCause.TIMED_OUT));
		}
		// Last: whatever has happened to the tree meanwhile, and whoever wanted its end.
		this.tree.catchUp();
	}

	/**
	 * The JDK's handle of the program. Taken for sure while nobody else can have the
	 * number: either the program was not reaped afterwards, or it still is in the table.
	 */
	private @Nullable ProcessHandle handle(OwnedTree owned) {
		ProcessKey key = owned.child().key();
		ProcessHandle handle = ProcessHandle.of(key.pid()).orElse(null);
		if (handle == null || !owned.programExit().isDone()) {
			return handle;
		}
		ProcessEntry entry = this.context.trees().os().entry(key.pid());
		return (entry != null && entry.key().equals(key)) ? handle : null;
	}

	/** What the tree says, on the sweeper. */
	private final class Life implements TreeListener {

		@Override
		public void ending() {
			SupervisedJob.this.tree.with((owned) -> {
				SupervisedJob.this.isEnding = true;
				SupervisedJob.this.events.tell((listener) -> listener.ending(SupervisedJob.this));
			});
		}

		@Override
		public void ended(TreeEnd end) {
			SupervisedJob.this.tree.with((owned) -> finish(end));
		}

	}

	private void finish(TreeEnd end) {
		this.cancelTimer.run();
		Duration elapsed = Duration.ofNanos(this.context.sweeper().nanoTime() - facts().begun());
		JobResult result = JobResults.of(this, end, elapsed, platformReliability());
		this.tree.release();
		this.context.counters().ended(result);
		this.result = result;
		this.context.registry().retire(this);
		this.ended.complete(result);
		long lost = this.output.droppedLines();
		if (lost > 0) {
			this.events.tell((listener) -> listener.outputDropped(this, lost));
		}
		JobResults.mismatches(end)
			.forEach((member) -> this.events.tell((listener) -> listener.identityMismatch(this, member)));
		this.events.tell((listener) -> listener.ended(this, result));
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
		return this.isEnding ? JobState.ENDING : JobState.RUNNING;
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
		return this.ended.thenApplyAsync(Function.identity(), this.context.callbacks());
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
		Signals.require((owned != null) ? owned.child().signal(signal) : null, signal, this);
	}

	@Override
	public TreeKillReliability reliability() {
		JobResult result = this.result;
		return (result != null) ? result.reliability() : platformReliability();
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

	JobMembers members() {
		return new JobMembers(this.tree.tree(), this.context.trees().os());
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
		return !this.context.trees().os().platform().os().equals("windows");
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

	private JobFacts facts() {
		return Objects.requireNonNull(this.facts, "Not before the program runs");
	}

	private TreeKillReliability platformReliability() {
		return this.context.trees().os().platform().treeKillReliability();
	}

	/** The name, id, pid and state; no argument, which may be secret. */
	@Override
	public String toString() {
		String process = hasBegun() ? "pid=" + pid() + ", " + state() : "starting";
		return "Job[" + this.name + ", id=" + id() + ", " + process + "]";
	}

}
