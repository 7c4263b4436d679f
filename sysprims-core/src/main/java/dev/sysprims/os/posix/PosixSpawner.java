package dev.sysprims.os.posix;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import dev.sysprims.os.DaemonThreads;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Spawner;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs with {@code posix_spawn(3)} on one daemon thread, which ends when it
 * was idle for a while. A spawn can hang, on a dead network file system for one; then it
 * fails at its time limit, its thread is given up and a fresh one takes over. Should it
 * succeed after all, its child is killed and reaped. Thread-safe.
 */
public final class PosixSpawner implements Spawner {

	private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<PendingSpawn> queue = new ArrayDeque<>();

	private final Launch launch;

	private final Sweeper sweeper;

	private final SpawnCall.Factory calls;

	private final Duration limit;

	private @Nullable Worker worker;

	private @Nullable Runnable cancelCheck;

	/**
	 * A spawner.
	 * @param loop watches pipes
	 * @param watcher watches exits
	 * @param sweeper whose timers are used
	 * @param identities the identity of the process with a pid, a zombie's too
	 */
	public PosixSpawner(EventLoop loop, ChildWatcher watcher, Sweeper sweeper,
			LongFunction<@Nullable ProcessIdentity> identities) {
		this(new Launch(loop, watcher, identities, InheritedEnvironment.read()), sweeper, callFactory(), TIME_LIMIT);
	}

	PosixSpawner(Launch launch, Sweeper sweeper, SpawnCall.Factory calls, Duration limit) {
		this.launch = launch;
		this.sweeper = sweeper;
		this.calls = calls;
		this.limit = limit;
	}

	private static SpawnCall.Factory callFactory() {
		ClosingDescriptors closing = ClosingDescriptors.available();
		return () -> new NativeSpawn(closing);
	}

	@Override
	public CompletableFuture<SpawnedChild> spawn(SpawnRequest request, Consumer<ExitStatus> onExit) {
		PendingSpawn pending = new PendingSpawn(request, onExit);
		this.lock.lock();
		try {
			this.queue.add(pending);
			if (this.worker == null) {
				startWorker();
			}
			else {
				this.changed.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
		return pending.future();
	}

	private void startWorker() {
		Worker fresh = new Worker();
		try {
			DaemonThreads.create("sysprims-spawner", fresh).start();
			this.worker = fresh;
		}
		catch (OutOfMemoryError ex) {
			// What Thread.start throws when pthread_create fails with EAGAIN.
			ErrnoException cause = new ErrnoException("Starting the spawner thread", Errno.EAGAIN);
			this.queue
				.forEach((pending) -> pending.tryFail(SpawnFailure.resources(pending.request().command(), cause)));
			this.queue.clear();
		}
	}

	/** One check at a time is enough: it finds out whose limit is next. */
	private void armCheck(long nanoTime) {
		if (this.cancelCheck == null) {
			this.cancelCheck = this.sweeper.schedule(nanoTime, this::checkLimit);
		}
	}

	private void checkLimit() {
		PendingSpawn stuck = null;
		this.lock.lock();
		try {
			this.cancelCheck = null;
			Worker busy = this.worker;
			if (busy == null || busy.current == null) {
				return;
			}
			long due = busy.since + this.limit.toNanos();
			if (due - this.sweeper.nanoTime() > 0) {
				armCheck(due);
				return;
			}
			stuck = busy.current;
			this.worker = null;
			if (!this.queue.isEmpty()) {
				startWorker();
			}
		}
		finally {
			this.lock.unlock();
		}
		stuck.tryFail(SpawnFailure.failed(stuck.request().command(),
				"the operating system did not start it within " + this.limit
						+ ". Its file, its directory or a file for its output is probably on a file system that does"
						+ " not answer; should it start after all, it is killed."));
	}

	/**
	 * The thread's work; given up when another has become {@link PosixSpawner#worker}.
	 */
	private final class Worker implements Runnable {

		private @Nullable PendingSpawn current;

		private long since;

		@Override
		public void run() {
			SpawnCall call = null;
			try {
				for (PendingSpawn next = take(); next != null; next = take()) {
					try {
						call = (call != null) ? call : PosixSpawner.this.calls.create();
						PosixSpawner.this.launch.run(next, call);
					}
					catch (ErrnoException ex) {
						next.tryFail(SpawnFailure.resources(next.request().command(), ex));
					}
				}
			}
			finally {
				if (call != null) {
					call.close();
				}
			}
		}

		private @Nullable PendingSpawn take() {
			PosixSpawner.this.lock.lock();
			try {
				this.current = null;
				long left = IDLE_NANOS;
				while (PosixSpawner.this.worker == this && PosixSpawner.this.queue.isEmpty() && left > 0) {
					left = awaitChange(left);
				}
				if (PosixSpawner.this.worker != this) {
					return null;
				}
				this.current = PosixSpawner.this.queue.poll();
				if (this.current != null) {
					this.since = PosixSpawner.this.sweeper.nanoTime();
					armCheck(this.since + PosixSpawner.this.limit.toNanos());
				}
				else {
					end();
				}
				return this.current;
			}
			finally {
				PosixSpawner.this.lock.unlock();
			}
		}

		private void end() {
			PosixSpawner.this.worker = null;
			if (PosixSpawner.this.cancelCheck != null) {
				PosixSpawner.this.cancelCheck.run();
				PosixSpawner.this.cancelCheck = null;
			}
		}

		private long awaitChange(long nanos) {
			try {
				return PosixSpawner.this.changed.awaitNanos(nanos);
			}
			catch (InterruptedException ex) {
				// Nobody has a reason to interrupt it; as if it had been idle.
				return 0;
			}
		}

	}

}
