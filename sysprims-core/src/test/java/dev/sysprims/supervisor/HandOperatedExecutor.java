package dev.sysprims.supervisor;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Keeps tasks until the test runs them. */
final class HandOperatedExecutor implements Executor {

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	@Override
	public synchronized void execute(Runnable task) {
		this.tasks.add(task);
	}

	synchronized int waiting() {
		return this.tasks.size();
	}

	boolean runNext() {
		Runnable task;
		synchronized (this) {
			task = this.tasks.poll();
		}
		if (task != null) {
			task.run();
		}
		return task != null;
	}

	void runAll() {
		while (runNext()) {
			Thread.onSpinWait();
		}
	}

}
