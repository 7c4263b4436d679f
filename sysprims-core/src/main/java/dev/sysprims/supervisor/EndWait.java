package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.tree.EndCause;
import dev.sysprims.tree.OwnedTree;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of one job, with the one contract for interrupts: the tree is ended,
 * that is waited for, and a further interrupt cuts the grace. Everybody waits on a
 * future, which parks a virtual thread and pins nothing.
 */
final class EndWait {

	/**
	 * Beyond grace and kill timeout: for scans on a starved machine and for the output
	 * that is still in the pipes. The tree keeps its own deadlines; this only bounds a
	 * wait if it should not.
	 */
	static final Duration SLACK = Duration.ofSeconds(30);

	/** A hundred years; sums of two such times still fit a long. */
	private static final long FOREVER = TimeUnit.DAYS.toNanos(36_500);

	private final CompletableFuture<JobResult> ended;

	private final TreeHold tree;

	private final TerminateTreeConfig config;

	/**
	 * Waits for this end.
	 * @param ended the job's own future
	 * @param tree what is ended on an interrupt
	 * @param config how
	 */
	EndWait(CompletableFuture<JobResult> ended, TreeHold tree, TerminateTreeConfig config) {
		this.ended = ended;
		this.tree = tree;
		this.config = config;
	}

	JobResult await() throws InterruptedException {
		while (true) {
			JobResult result = await(FOREVER);
			if (result != null) {
				return result;
			}
		}
	}

	/**
	 * Waits for a time.
	 * @param nanos zero or less does not wait and so is not interrupted
	 * @return null when it has not ended by then
	 */
	@Nullable JobResult await(long nanos) throws InterruptedException {
		if (this.ended.isDone() || nanos <= 0) {
			return this.ended.getNow(null);
		}
		try {
			return this.ended.get(nanos, TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			throw neverBegan(ex);
		}
		catch (InterruptedException ex) {
			this.tree.with((owned) -> owned.terminate(this.config, EndCause.TERMINATED));
			if (insist(bound(this.config)).result == null) {
				ex.addSuppressed(overdue(this.config));
			}
			throw ex;
		}
	}

	/**
	 * Waits for the end that was asked for. An interrupt cuts the grace; the flag is
	 * restored.
	 * @param asked how it was asked for, which bounds the wait
	 * @return the result
	 */
	JobResult finish(TerminateTreeConfig asked) {
		Insisted end = insist(bound(asked));
		if (end.interrupted) {
			Thread.currentThread().interrupt();
		}
		if (end.result == null) {
			throw overdue(asked);
		}
		return end.result;
	}

	/**
	 * Waits although interrupted; each interrupt cuts the grace.
	 * @param bound for how long
	 * @return what came of it; the flag is clear
	 */
	private Insisted insist(Duration bound) {
		long deadline = System.nanoTime() + nanos(bound);
		boolean interrupted = false;
		while (true) {
			try {
				return new Insisted(this.ended.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS), interrupted);
			}
			catch (InterruptedException ex) {
				interrupted = true;
				this.tree.with(OwnedTree::cutGrace);
			}
			catch (TimeoutException ex) {
				return new Insisted(null, interrupted);
			}
			catch (ExecutionException ex) {
				throw neverBegan(ex);
			}
		}
	}

	private static Duration bound(TerminateTreeConfig config) {
		return config.graceTimeout().plus(config.killTimeout()).plus(SLACK);
	}

	/**
	 * A time to wait, in a unit whose sums fit.
	 * @param time any duration
	 * @return at most a hundred years
	 */
	static long nanos(Duration time) {
		return (time.compareTo(Duration.ofNanos(FOREVER)) > 0) ? FOREVER : time.toNanos();
	}

	private static SysprimsException overdue(TerminateTreeConfig config) {
		return new SysprimsException(ErrorKind.TIMEOUT, "The tree did not report its end within " + bound(config)
				+ ", which is more than its grace and kill timeout. The machine is starved, or this is a fault of the"
				+ " library; see its log.");
	}

	private static IllegalStateException neverBegan(ExecutionException ex) {
		return new IllegalStateException("The program of this job was never started.", ex.getCause());
	}

	private record Insisted(@Nullable JobResult result, boolean interrupted) {

	}

}
