package dev.sysprims.process;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a program used: {@code getrusage(2)} for the program and the children it waited
 * for. Work of descendants that nobody waited for is not in it.
 *
 * @param userTime processor time in user mode
 * @param systemTime processor time in the kernel
 * @param peakMemoryKb in KiB. Where the job has a cgroup v2 of its own with the memory
 * controller (Linux 5.19): the most memory that its whole tree was charged for at one
 * time, cached files included. Else the largest resident size of one process, or null
 * when that cannot be told from this JVM's own: a child that is spawned with
 * {@code vfork} semantics starts with its parent's high-water mark
 */
public record ResourceUsage(Duration userTime, Duration systemTime, @Nullable Long peakMemoryKb) {

	/**
	 * Processor time altogether.
	 * @return user and system time
	 */
	public Duration cpuTime() {
		return this.userTime.plus(this.systemTime);
	}

}
