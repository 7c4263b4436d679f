package dev.sysprims.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;

/**
 * Virtual time: tasks of the sweeper in order, and happenings of the outside world when
 * their moment comes.
 */
final class VirtualSweeper implements Sweeper {

	private static final long MOST_STEPS = 200_000;

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final PriorityQueue<Moment> moments = new PriorityQueue<>();

	private final Supplier<ProcessTable> reader;

	private List<ScanRequest> waiting = new ArrayList<>();

	private long now = 1_000_000_000L;

	private long sequence;

	private int scans;

	private long reading;

	VirtualSweeper(Supplier<ProcessTable> reader) {
		this.reader = reader;
	}

	@Override
	public long nanoTime() {
		return this.now;
	}

	@Override
	public Instant now() {
		return Instant.EPOCH.plusNanos(this.now);
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
	}

	@Override
	public Runnable schedule(long nanoTime, Runnable task) {
		boolean[] cancelled = new boolean[1];
		Runnable unlessCancelled = () -> {
			if (!cancelled[0]) {
				task.run();
			}
		};
		Runnable cancel = at(nanoTime, () -> execute(unlessCancelled));
		return () -> {
			cancelled[0] = true;
			cancel.run();
		};
	}

	/** Something happens in the world, outside the sweeper. */
	Runnable at(long nanoTime, Runnable happening) {
		Moment moment = new Moment(Math.max(nanoTime, this.now), this.sequence++, happening);
		this.moments.add(moment);
		return () -> this.moments.remove(moment);
	}

	@Override
	public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
		if (this.waiting.isEmpty()) {
			execute(this::scanNow);
		}
		this.waiting.add(new ScanRequest(reader, failed));
	}

	private void scanNow() {
		List<ScanRequest> served = this.waiting;
		this.waiting = new ArrayList<>();
		this.scans++;
		long begun = this.now;
		ProcessTable table;
		try {
			table = this.reader.get();
		}
		catch (SysprimsException ex) {
			served.forEach((request) -> request.failed.accept(ex));
			return;
		}
		this.reading += this.now - begun;
		// What a reader throws ends in the log of the real one: nobody is told.
		served.forEach((request) -> request.reader.accept(table));
	}

	int scans() {
		return this.scans;
	}

	Duration timeSpentReading() {
		return Duration.ofNanos(this.reading);
	}

	boolean isIdle() {
		return this.tasks.isEmpty() && this.moments.isEmpty();
	}

	/**
	 * Lets time go on while something is being read: what falls due happens in between.
	 */
	void pass(long nanos) {
		long until = this.now + nanos;
		while (!this.moments.isEmpty() && this.moments.peek().time <= until) {
			Moment moment = this.moments.remove();
			this.now = moment.time;
			moment.happening.run();
		}
		this.now = until;
	}

	/**
	 * Runs until the condition holds, or nothing is left to happen, or the limit of
	 * virtual time is reached.
	 */
	void runUntil(BooleanSupplier condition, long limit) {
		long steps = 0;
		while (!condition.getAsBoolean() && this.now <= limit) {
			if (++steps > MOST_STEPS) {
				throw new AssertionError("Busy without an end: " + steps + " steps, " + this.scans + " scans");
			}
			Runnable task = this.tasks.poll();
			if (task != null) {
				task.run();
				pass(1_000);
			}
			else if (!this.moments.isEmpty()) {
				pass(this.moments.peek().time - this.now);
			}
			else {
				return;
			}
		}
	}

	private record ScanRequest(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {

	}

	private record Moment(long time, long sequence, Runnable happening) implements Comparable<Moment> {

		@Override
		public int compareTo(Moment other) {
			int byTime = Long.compare(this.time, other.time);
			return (byTime != 0) ? byTime : Long.compare(this.sequence, other.sequence);
		}

	}

}
