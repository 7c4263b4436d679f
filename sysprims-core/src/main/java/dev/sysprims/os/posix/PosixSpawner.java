package dev.sysprims.os.posix;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.sysprims.os.DaemonThreads;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.JobMarker;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Spawner;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.Command;
import dev.sysprims.process.SpawnFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs with {@code posix_spawn(3)} on one daemon thread, which ends when it
 * was idle for a while. A spawn can hang, on a dead network file system for one: then its
 * thread is left to it, a fresh one takes over the queue, and at the time limit the
 * request fails. Should the spawn succeed after that, its child is killed and reaped.
 * Thread-safe.
 */
public final class PosixSpawner implements Spawner {

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

	/** Threads that hang cannot be ended; so many are borne. */
	private static final int MOST_STUCK = 16;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final Deque<PendingSpawn> queue = new ArrayDeque<>();

	private final Launch launch;

	private final Sweeper sweeper;

	private final SpawnCall.Factory calls;

	private final Limits limits;

	/** Takes from the queue; null while there is nothing to do. */
	private @Nullable Worker worker;

	private int stuck;

	private boolean checking;

	/**
	 * A spawner.
	 * @param loop watches pipes
	 * @param watcher watches exits
	 * @param sweeper whose timers are used
	 * @param containers hold the trees
	 */
	public PosixSpawner(EventLoop loop, ChildWatcher watcher, Sweeper sweeper, Containers containers) {
		this(new Launch(loop, watcher, sweeper, InheritedEnvironment.read(), containers), sweeper,
				callFactory(containers), Limits.DEFAULT);
	}

	PosixSpawner(Launch launch, Sweeper sweeper, SpawnCall.Factory calls, Limits limits) {
		this.launch = launch;
		this.sweeper = sweeper;
		this.calls = calls;
		this.limits = limits;
		// Loads what describes a lack of descriptors: later there would be none to read a
		// class.
		SpawnFailure.resources(Command.of("none"), new ErrnoException("pipe2", Errno.EMFILE));
		JobMarker.isIn(JobMarker.SWEPT_PREFIX, JobMarker.VARIABLE); // its random number
																	// too
	}

	private static SpawnCall.Factory callFactory(Containers containers) {
		ClosingDescriptors closing = ClosingDescriptors.available();
		return () -> new NativeSpawn(closing, containers);
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
		if (this.stuck >= MOST_STUCK) {
			failQueue(
					(command) -> SpawnFailure.failed(command, this.stuck + " other spawns hang in the operating system,"
							+ " probably on a file system that does not answer. Mend that; they cannot be ended."));
			return;
		}
		Worker fresh = new Worker();
		try {
			DaemonThreads.create("sysprims-spawner", fresh).start();
			this.worker = fresh;
		}
		catch (OutOfMemoryError ex) {
			// What Thread.start throws when pthread_create fails with EAGAIN.
			ErrnoException cause = new ErrnoException("Starting the spawner thread", Errno.EAGAIN);
			failQueue((command) -> SpawnFailure.resources(command, cause));
		}
	}

	private void failQueue(Function<Command, SpawnFailedException> failure) {
		List<PendingSpawn> failed = List.copyOf(this.queue);
		this.queue.clear();
		failed.forEach((pending) -> pending.tryFail(failure.apply(pending.request().command())));
	}

	/**
	 * One timer at a time, not one per spawn: it finds out what has become of its time.
	 */
	private void checkAt(long nanoTime) {
		if (!this.checking) {
			this.checking = true;
			this.sweeper.schedule(nanoTime, this::check);
		}
	}

	private void check() {
		this.lock.lock();
		try {
			this.checking = false;
			Worker busy = this.worker;
			PendingSpawn spawn = (busy != null) ? busy.current : null;
			if (busy == null || spawn == null) {
				return;
			}
			long due = busy.since + this.limits.patience().toNanos();
			if (due - this.sweeper.nanoTime() > 0) {
				checkAt(due);
				return;
			}
			this.worker = null;
			this.stuck++;
			this.sweeper.schedule(busy.since + this.limits.limit().toNanos(), () -> failAtLimit(spawn));
			if (!this.queue.isEmpty()) {
				startWorker();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failAtLimit(PendingSpawn spawn) {
		spawn.tryFail(SpawnFailure.failed(spawn.request().command(),
				"the operating system did not start it within " + this.limits.limit().toMillis() / 1000.0
						+ " s. The program, its directory or a file for its output is probably on a file system that"
						+ " does not answer. Should it start after all, it is killed."));
	}

	/**
	 * How long a spawn may take.
	 *
	 * @param patience after which a fresh thread takes over the queue
	 * @param limit after which the request fails
	 */
	record Limits(Duration patience, Duration limit) {

		static final Limits DEFAULT = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(30));

	}

	/** What one thread does until it is idle, or hangs and another one has taken over. */
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
						if (call.isWorn() && isReplaced()) {
							return;
						}
					}
					catch (ErrnoException ex) {
						next.tryFail(SpawnFailure.resources(next.request().command(), ex));
					}
					catch (RuntimeException | Error ex) {
						// Not even its failure could be described: no memory, or no
						// descriptor
						// to load a class with. The thread must go on in any case.
						next.tryFail(ex);
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
				if (PosixSpawner.this.worker != this) {
					PosixSpawner.this.stuck--;
					return null;
				}
				this.current = null;
				awaitWork();
				this.current = PosixSpawner.this.queue.poll();
				if (this.current == null) {
					PosixSpawner.this.worker = null;
					return null;
				}
				this.since = PosixSpawner.this.sweeper.nanoTime();
				checkAt(this.since + PosixSpawner.this.limits.patience().toNanos());
				return this.current;
			}
			finally {
				PosixSpawner.this.lock.unlock();
			}
		}

		/**
		 * Whether a fresh thread goes on in place of this one; where none can be had,
		 * this one does.
		 */
		private boolean isReplaced() {
			PosixSpawner.this.lock.lock();
			try {
				if (PosixSpawner.this.worker != this) {
					return false; // it hung: the next take() says so
				}
				Worker fresh = new Worker();
				DaemonThreads.create("sysprims-spawner", fresh).start();
				PosixSpawner.this.worker = fresh;
				return true;
			}
			catch (OutOfMemoryError ex) {
				return false;
			}
			finally {
				PosixSpawner.this.lock.unlock();
			}
		}

		private void awaitWork() {
			long left = IDLE_NANOS;
			try {
				while (PosixSpawner.this.queue.isEmpty() && left > 0) {
					left = PosixSpawner.this.changed.awaitNanos(left);
				}
			}
			catch (InterruptedException ex) {
				// Nobody has a reason to interrupt it; it ends, and another one is
				// started.
				Thread.currentThread().interrupt();
			}
		}

	}

}
