package dev.sysprims.supervisor;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the callbacks of one job in order, one at a time, on a shared executor. Each
 * callback is a task of its own there, so that a busy job does not keep the others
 * waiting. What a callback throws is logged.
 */
final class SerialExecutor implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(SerialExecutor.class);

	private final Executor executor;

	private final String owner;

	private final Queue<Runnable> tasks = new ArrayDeque<>(2);

	private boolean running;

	/**
	 * A serial order over this executor.
	 * @param executor does not throw and does not run tasks in its caller
	 * @param owner whose callbacks they are, for the log
	 */
	SerialExecutor(Executor executor, String owner) {
		this.executor = executor;
		this.owner = owner;
	}

	@Override
	public void execute(Runnable task) {
		synchronized (this.tasks) {
			this.tasks.add(task);
			if (this.running) {
				return;
			}
			this.running = true;
		}
		this.executor.execute(this::runNext);
	}

	private void runNext() {
		Runnable task;
		synchronized (this.tasks) {
			task = this.tasks.remove();
		}
		try {
			task.run();
		}
		catch (Throwable ex) {
			// User code may throw anything, and the next callback must still come.
			logger.error("A callback of {} failed.", this.owner, ex);
		}
		synchronized (this.tasks) {
			if (this.tasks.isEmpty()) {
				this.running = false;
				return;
			}
		}
		this.executor.execute(this::runNext);
	}

}
