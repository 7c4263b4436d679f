package dev.sysprims.os;

import java.time.Instant;
import java.util.function.Consumer;

import dev.sysprims.process.SysprimsException;

/**
 * The one place where trees are decided: tasks run one after the other, never at the same
 * time, with a clock, timers and scans of the process table. In production a daemon
 * thread that stops when idle; in a simulation a loop over virtual time.
 */
public interface Sweeper {

	/**
	 * Monotonic time.
	 * @return nanoseconds since some moment
	 */
	long nanoTime();

	/**
	 * The wall clock, for people.
	 * @return now
	 */
	Instant now();

	/**
	 * Runs a task soon, after those already given.
	 * @param task must not block
	 */
	void execute(Runnable task);

	/**
	 * Runs a task at a moment.
	 * @param nanoTime the moment; in the past means soon
	 * @param task must not block
	 * @return cancels it; no effect once it has begun
	 */
	Runnable schedule(long nanoTime, Runnable task);

	/**
	 * From now on there is something that may have to be decided at once: where a thread
	 * is needed for that, it stays, because another one may not be had when the number of
	 * processes has reached its limit.
	 * @return ends that; to be called once
	 */
	default Runnable stay() {
		return () -> {
		};
	}

	/**
	 * Reads the process table. All who ask before a read begins share it, so that ending
	 * many trees costs as many scans as ending one.
	 * @param reader given the table, here on the sweeper
	 * @param failed given the reason when the table could not be read
	 */
	void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed);

}
