package dev.sysprims.os.jdk;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.sysprims.os.DaemonThreads;

/**
 * Threads for work that blocks: the JDK has no other way to wait for a child or to read
 * from it. Idle ones end after a while.
 */
final class WorkThreads implements Executor {

	private static final long KEEP_ALIVE_SECONDS = 5;

	private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS,
			TimeUnit.SECONDS, new SynchronousQueue<>(), (task) -> DaemonThreads.create("sysprims-jdk", task));

	/**
	 * Runs a task at once, in a thread that nothing else uses meanwhile.
	 * @throws OutOfMemoryError when the system gives no more threads
	 */
	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

}
