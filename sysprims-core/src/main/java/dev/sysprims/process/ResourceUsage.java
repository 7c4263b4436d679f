package dev.sysprims.process;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a program used: {@code getrusage(2)} for the program and the children it waited
 * for. Work of descendants that nobody waited for is not in it.
 *
 * @param userTime processor time in user mode
 * @param systemTime processor time in the kernel
 * @param peakMemoryKb largest resident size in KiB, or null when it cannot be told from
 * this JVM's own: a child that is spawned with {@code vfork} semantics starts with its
 * parent's high-water mark
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
