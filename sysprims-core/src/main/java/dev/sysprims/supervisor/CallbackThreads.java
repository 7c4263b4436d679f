package dev.sysprims.supervisor;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sysprims.os.DaemonThreads;

/**
 * The few daemon threads on which user code runs when no executor was given. They end
 * when idle. The queue needs no bound of its own: every job has one entry at most, and
 * one for each copy of its future.
 */
final class CallbackThreads implements Executor {

	private static final long KEEP_ALIVE_SECONDS = 5;

	private final AtomicInteger made = new AtomicInteger();

	private final ThreadPoolExecutor threads;

	CallbackThreads() {
		// Two at least, so that one callback that blocks leaves a thread to the others.
		int size = Math.max(2, Runtime.getRuntime().availableProcessors());
		this.threads = new ThreadPoolExecutor(size, size, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(),
				(task) -> DaemonThreads.create("sysprims-callback-" + this.made.incrementAndGet(), task));
		this.threads.allowCoreThreadTimeOut(true);
	}

	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

	int maximumSize() {
		return this.threads.getMaximumPoolSize();
	}

}
