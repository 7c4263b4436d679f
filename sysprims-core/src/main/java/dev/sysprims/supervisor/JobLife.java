package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.tree.EndCause;
import dev.sysprims.tree.OwnedTree;
import dev.sysprims.tree.TreeEnd;
import dev.sysprims.tree.TreeListener;
import dev.sysprims.tree.TreePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Drives one job from the start of its program to the end of its tree, and tells
 * listeners. What the tree says comes on the sweeper; everything here is quick.
 */
final class JobLife implements TreeListener {

	private final SupervisedJob job;

	private final JobContext context;

	private final JobEvents events;

	private Runnable cancelTimer = () -> {
	};

	private JobLife(SupervisedJob job, JobContext context, JobEvents events) {
		this.job = job;
		this.context = context;
		this.events = events;
	}

	/**
	 * A job on its way.
	 *
	 * @param job the job
	 * @param life tells its listeners
	 * @param begun completes when its program runs, or could not be started
	 */
	record Launch(SupervisedJob job, JobLife life, CompletableFuture<Void> begun) {

	}

	/**
	 * Admits a job and has its program started.
	 * @param spec what to start
	 * @param ending how its tree is ended
	 * @param sizes how much output is held
	 * @param context of the supervisor
	 * @return the job, which is under way
	 * @throws IllegalStateException when the supervisor is closed
	 */
	static Launch launch(JobSpec spec, TerminateTreeConfig ending, OutputSizes sizes, JobContext context) {
		long number = JobIds.nextNumber();
		String owner = "job " + JobIds.id(number) + " (" + spec.name() + ")";
		SerialExecutor serial = new SerialExecutor(context.callbacks(), owner);
		LineFeed lines = new LineFeed(serial, sizes.lineQueue(), owner);
		Stdio stdio = Stdio.of(spec, sizes.tail(), lines);
		SupervisedJob job = new SupervisedJob(number, spec.name(), ending, stdio.output(), lines, context);
		context.registry().admit(job);
		// Only now: listeners hear of no start that a closed supervisor refuses.
		JobLife life = new JobLife(job, context, JobEvents.starting(spec, context.listeners(), serial));
		return new Launch(job, life, life.spawn(spec, stdio));
	}

	/**
	 * Tells listeners, soon and in order.
	 * @param event what to tell
	 */
	void tell(Consumer<JobListener> event) {
		this.events.tell(event);
	}

	private CompletableFuture<Void> spawn(JobSpec spec, Stdio stdio) {
		long asked = this.context.sweeper().nanoTime();
		SpawnRequest request = new SpawnRequest(spec.command(), stdio.stdin(), stdio.stdout(), stdio.stderr(),
				this.context.containment(), this.context.atJvmDeath(spec));
		CompletableFuture<OwnedTree> started;
		try {
			started = this.context.trees().start(request, new TreePolicy(spec.leftovers(), this.job.ending()), this);
		}
		catch (RuntimeException | Error ex) {
			started = CompletableFuture.failedFuture(ex);
		}
		return started.thenAccept((owned) -> begin(owned, asked, spec)).whenComplete((nothing, failure) -> {
			if (failure != null) {
				this.context.registry().withdraw(this.job);
				this.job.ended().completeExceptionally(failure);
			}
		});
	}

	private void begin(OwnedTree owned, long asked, JobSpec spec) {
		try {
			follow(owned, asked, spec);
		}
		catch (RuntimeException | Error ex) {
			// Nobody would ever know of it.
			owned.terminate(this.job.ending(), EndCause.TERMINATED);
			throw ex;
		}
	}

	private void follow(OwnedTree owned, long asked, JobSpec spec) {
		Sweeper sweeper = this.context.sweeper();
		SpawnedChild child = owned.child();
		long now = sweeper.nanoTime();
		this.job.tree().know(owned);
		this.job.begun(new JobFacts(child.identity(), sweeper.now(), now, owned.warnings(),
				JobProcess.of(this.job, child, spec, handle(owned))));
		this.context.counters().started();
		tell((listener) -> listener.started(this.job, Duration.ofNanos(now - asked)));
		if (spec.timeout() != null) {
			this.cancelTimer = sweeper.schedule(now + EndWait.nanos(spec.timeout()),
					() -> this.job.beginEnd(this.job.ending(), EndCause.TIMED_OUT));
		}
		// Last: whatever has happened to the tree meanwhile, and whoever wanted its end.
		this.job.tree().catchUp();
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

	@Override
	public void ending() {
		this.job.tree().with((owned) -> {
			this.job.nowEnding();
			tell((listener) -> listener.ending(this.job));
		});
	}

	@Override
	public void ended(TreeEnd end) {
		this.job.tree().with((owned) -> finish(end));
	}

	private void finish(TreeEnd end) {
		this.cancelTimer.run();
		JobResult result = JobResults.of(this.job, end, this.context.sweeper().nanoTime());
		this.context.counters().ended(result);
		this.job.nowEnded(result);
		this.job.tree().release();
		this.context.registry().retire(this.job);
		this.job.ended().complete(result);
		long lost = this.job.droppedLines();
		if (lost > 0) {
			tell((listener) -> listener.outputDropped(this.job, lost));
		}
		JobResults.mismatches(end).forEach((member) -> tell((listener) -> listener.identityMismatch(this.job, member)));
		tell((listener) -> listener.ended(this.job, result));
	}

}
