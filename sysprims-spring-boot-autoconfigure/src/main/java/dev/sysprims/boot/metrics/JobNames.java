package dev.sysprims.boot.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names of jobs as values of a tag, whose number is bounded: the first names keep
 * theirs, every later one becomes {@value #OTHER}. Thread-safe.
 */
public final class JobNames {

	/** What stands for every name beyond the limit. */
	public static final String OTHER = "other";

	private final int limit;

	private final Set<String> known = ConcurrentHashMap.newKeySet();

	/**
	 * Names up to a limit.
	 * @param limit how many names keep theirs, 0 or more
	 */
	public JobNames(int limit) {
		this.limit = limit;
	}

	/**
	 * The tag's value for a job.
	 * @param name the job's name
	 * @return that name, or {@value #OTHER}
	 */
	public String tagFor(String name) {
		if (this.known.contains(name)) {
			return name;
		}
		return remember(name) ? name : OTHER;
	}

	private synchronized boolean remember(String name) {
		if (this.known.size() < this.limit) {
			this.known.add(name);
		}
		return this.known.contains(name);
	}

}
