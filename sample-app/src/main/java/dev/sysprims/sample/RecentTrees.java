package dev.sysprims.sample;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import dev.sysprims.process.ProcessInfo;
import org.jspecify.annotations.Nullable;

/**
 * The process trees of jobs, each read at most twice a second whoever asks: to read a
 * tree is to scan the process table, and a hundred open tabs shall cost what one does.
 */
final class RecentTrees {

	static final Duration OLDEST = Duration.ofMillis(500);

	private final ConcurrentMap<String, Reading> readings = new ConcurrentHashMap<>();

	private final LongSupplier nanoTime;

	RecentTrees(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	private record Reading(List<ProcessInfo> processes, long time) {
	}

	List<ProcessInfo> of(String job, Supplier<List<ProcessInfo>> source) {
		// Whoever comes while a tree is read waits for that reading.
		return this.readings.compute(job, (id, last) -> isRecent(last) ? last : read(source)).processes();
	}

	void forgetAllBut(Set<String> jobs) {
		this.readings.keySet().retainAll(jobs);
	}

	private boolean isRecent(@Nullable Reading reading) {
		return reading != null && this.nanoTime.getAsLong() - reading.time() < OLDEST.toNanos();
	}

	private Reading read(Supplier<List<ProcessInfo>> source) {
		List<ProcessInfo> processes = source.get();
		return new Reading(processes, this.nanoTime.getAsLong());
	}

}
