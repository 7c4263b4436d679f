package dev.sysprims.sample;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import dev.sysprims.process.ProcessInfo;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobState;
import org.jspecify.annotations.Nullable;

/**
 * The process trees of live jobs, each read at most twice a second whoever asks: to read
 * a tree is to scan the process table, and a hundred open tabs shall cost what one does.
 */
final class RecentTrees {

	private static final long OLDEST = Duration.ofMillis(500).toNanos();

	private final ConcurrentMap<String, Reading> readings = new ConcurrentHashMap<>();

	private record Reading(List<ProcessInfo> processes, long time) {
	}

	List<ProcessInfo> of(Job job) {
		if (job.state() == JobState.ENDED) {
			return List.of();
		}
		// Whoever comes while a tree is read waits for that reading.
		return this.readings.compute(job.id(), (id, last) -> isRecent(last) ? last : read(job)).processes();
	}

	void forgetAllBut(Set<String> ids) {
		this.readings.keySet().retainAll(ids);
	}

	private static boolean isRecent(@Nullable Reading reading) {
		return reading != null && System.nanoTime() - reading.time() < OLDEST;
	}

	private static Reading read(Job job) {
		return new Reading(job.processes(), System.nanoTime());
	}

}
