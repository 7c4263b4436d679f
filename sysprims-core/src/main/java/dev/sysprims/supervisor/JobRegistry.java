package dev.sysprims.supervisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The jobs of a supervisor: those about to start, the live ones, and the last ones that
 * ended. A job is in here before its program is asked for, so that a close in that moment
 * ends it. Thread-safe.
 */
final class JobRegistry {

	private final Map<String, SupervisedJob> live = new LinkedHashMap<>();

	private final Map<String, SupervisedJob> history = new LinkedHashMap<>();

	private final int historySize;

	private boolean closed;

	/**
	 * An empty registry.
	 * @param historySize how many ended jobs are remembered
	 */
	JobRegistry(int historySize) {
		this.historySize = historySize;
	}

	/**
	 * Takes in a job that is about to start.
	 * @param job the job
	 * @throws IllegalStateException when closed
	 */
	synchronized void admit(SupervisedJob job) {
		if (this.closed) {
			throw new IllegalStateException("Cannot start '" + job.name() + "': this ProcessSupervisor is closed. "
					+ "Start jobs before it is closed, or make another one with ProcessSupervisor.builder().");
		}
		this.live.put(job.id(), job);
	}

	/**
	 * Forgets a job whose program did not start.
	 * @param job the job
	 */
	synchronized void withdraw(SupervisedJob job) {
		this.live.remove(job.id());
	}

	/**
	 * Moves an ended job into the history.
	 * @param job the job
	 */
	synchronized void retire(SupervisedJob job) {
		this.live.remove(job.id());
		this.history.put(job.id(), job);
		if (this.history.size() > this.historySize) {
			Iterator<SupervisedJob> oldest = this.history.values().iterator();
			oldest.next();
			oldest.remove();
		}
	}

	synchronized boolean isClosed() {
		return this.closed;
	}

	/**
	 * Admits no job any more.
	 * @return those that have not ended, also those about to start
	 */
	synchronized List<SupervisedJob> close() {
		this.closed = true;
		return List.copyOf(this.live.values());
	}

	/**
	 * The jobs whose programs have started.
	 * @return a copy, newest first
	 */
	Collection<Job> jobs() {
		List<SupervisedJob> all = new ArrayList<>();
		synchronized (this) {
			Stream.concat(this.history.values().stream(), this.live.values().stream())
				.filter(SupervisedJob::hasBegun)
				.forEach(all::add);
		}
		all.sort(Comparator.comparingLong(SupervisedJob::number).reversed());
		return List.copyOf(all);
	}

	synchronized @Nullable Job job(String id) {
		SupervisedJob job = this.live.getOrDefault(id, this.history.get(id));
		return (job != null && job.hasBegun()) ? job : null;
	}

}
