package dev.sysprims.os.posix;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.sysprims.os.DaemonThreads;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Sweeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one {@link WatchdogProcess} running while it is wanted: starts it on a thread
 * that ends with the start, because a spawn can hang, and replaces it when it dies.
 * Thread-safe.
 */
final class WatchdogKeeper {

	private static final Logger logger = LoggerFactory.getLogger(WatchdogKeeper.class);

	private final ReentrantLock lock = new ReentrantLock();

	private final RestartDelay restarts = new RestartDelay();

	private final List<Path> shells;

	private final Supplier<ProcessKey> jvm;

	private final WatchdogProcess.Table table;

	private final ChildWatcher watcher;

	private final Sweeper sweeper;

	private @Nullable WatchdogProcess process;

	private boolean wanted;

	/** A start is under way, or has its time. */
	private boolean starting;

	private @Nullable String failure;

	/**
	 * A keeper of none so far.
	 * @param shells the first of these that is there is taken
	 * @param jvm this JVM
	 * @param table what the process reads
	 */
	WatchdogKeeper(List<Path> shells, Supplier<ProcessKey> jvm, WatchdogProcess.Table table, ChildWatcher watcher,
			Sweeper sweeper) {
		this.shells = List.copyOf(shells);
		this.jvm = jvm;
		this.table = table;
		this.watcher = watcher;
		this.sweeper = sweeper;
	}

	/** It is wanted from now on. Does not wait for its start. */
	void ensureRunning() {
		this.lock.lock();
		try {
			this.wanted = true;
			if (this.process == null && !this.starting) {
				start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * It is not wanted any more, because nothing is in the table.
	 * @return whether it reads the table no more; else ask again
	 */
	boolean tryStop() {
		this.lock.lock();
		try {
			this.wanted = false;
			this.failure = null;
			if (this.starting) {
				return false;
			}
			WatchdogProcess stopped = this.process;
			this.process = null;
			if (stopped != null) {
				stopped.kill();
			}
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Why it does not run although it is wanted, or null. */
	@Nullable String failure() {
		this.lock.lock();
		try {
			return this.failure;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void start() {
		Path shell = this.shells.stream()
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst()
			.orElse(null);
		if (shell == null) {
			this.failure = "If this JVM is killed (kill -9, a crash, halt), its process trees live on, because there is "
					+ "no shell to end them then: neither /bin/sh nor sh in PATH. Put one into the image (busybox "
					+ "will do), or let the JVM be PID 1 of its container.";
			return;
		}
		this.starting = true;
		try {
			DaemonThreads.create("sysprims-watchdog", () -> run(shell)).start();
		}
		catch (OutOfMemoryError ex) {
			// What Thread.start throws when pthread_create fails with EAGAIN.
			failed(shell, new ErrnoException("Starting a thread", Errno.EAGAIN));
		}
	}

	private void run(Path shell) {
		WatchdogProcess fresh = null;
		try {
			fresh = WatchdogProcess.start(shell, this.jvm.get(), this.table);
			accept(fresh);
			fresh.watch(this.watcher, this::ended);
		}
		catch (ErrnoException | RuntimeException | Error ex) {
			if (fresh != null) {
				fresh.discard(this.sweeper);
			}
			failed(shell, ex);
		}
	}

	private void accept(WatchdogProcess fresh) {
		this.lock.lock();
		try {
			this.process = fresh;
			this.starting = false;
			this.failure = null;
			this.restarts.started(this.sweeper.nanoTime());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void failed(Path shell, Throwable reason) {
		this.lock.lock();
		try {
			this.process = null;
			this.failure = "If this JVM is killed (kill -9, a crash, halt) now, its process trees live on, because the "
					+ "shell that would end them, " + shell + ", could not be started: " + reason.getMessage()
					+ ". It is tried again. Check the limits of open files and processes (ulimit -n, ulimit -u).";
			logger.warn(this.failure);
			startLater();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void ended(WatchdogProcess ended, ExitStatus status) {
		this.lock.lock();
		try {
			if (this.process != ended) {
				return;
			}
			this.process = null;
			boolean pipeClosed = Objects.equals(status.exitCode(), WatchdogScript.STILL_ALIVE);
			this.failure = "If this JVM is killed (kill -9, a crash, halt) now, its process trees live on, because process "
					+ ended.pid() + ", the shell that would end them, has ended itself (" + status + "): "
					+ (pipeClosed ? "other code in this JVM has closed the pipe between them"
							: "something has killed it, or it is no POSIX shell")
					+ ". Another one is started.";
			logger.warn(this.failure);
			startLater();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void startLater() {
		this.starting = true;
		long now = this.sweeper.nanoTime();
		this.sweeper.schedule(now + this.restarts.next(now), this::startIfWanted);
	}

	private void startIfWanted() {
		this.lock.lock();
		try {
			this.starting = false;
			if (this.wanted) {
				start();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
