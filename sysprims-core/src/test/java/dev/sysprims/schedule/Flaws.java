package dev.sysprims.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/** Ways to break what the policy does, between it and the system. */
final class Flaws {

	private static final Duration REMEMBERED = Duration.ofMillis(3);

	private Flaws() {
	}

	/** As {@code kill(2)} by a number that was read some time ago. */
	static OperatingSystem signalsWhoeverHasTheNumber(OperatingSystem system) {
		return new ObservedSystem(system) {

			@Override
			public PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit) {
				ProcessEntry now = system.entry(key.pid());
				return system.pin((now != null) ? now.key() : key, onExit);
			}

		};
	}

	/** The second of two scans in a row tells what the first one did. */
	static OperatingSystem looksOnlyOnce(OperatingSystem system) {
		Sweeper sweeper = new RememberingSweeper(system.sweeper());
		return new ObservedSystem(system) {

			@Override
			public Sweeper sweeper() {
				return sweeper;
			}

		};
	}

	/** A timer that never comes: nothing is killed when the grace is over. */
	static OperatingSystem timersNeverCome(OperatingSystem system) {
		Sweeper sweeper = new TimelessSweeper(system.sweeper());
		return new ObservedSystem(system) {

			@Override
			public Sweeper sweeper() {
				return sweeper;
			}

		};
	}

	private static class TimelessSweeper implements Sweeper {

		private final Sweeper sweeper;

		TimelessSweeper(Sweeper sweeper) {
			this.sweeper = sweeper;
		}

		@Override
		public long nanoTime() {
			return this.sweeper.nanoTime();
		}

		@Override
		public Instant now() {
			return this.sweeper.now();
		}

		@Override
		public void execute(Runnable task) {
			this.sweeper.execute(task);
		}

		@Override
		public Runnable schedule(long nanoTime, Runnable task) {
			return () -> {
			};
		}

		@Override
		public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
			this.sweeper.scan(reader, failed);
		}

	}

	private static final class RememberingSweeper extends TimelessSweeper {

		private final Sweeper sweeper;

		private @Nullable ProcessTable last;

		private long read;

		RememberingSweeper(Sweeper sweeper) {
			super(sweeper);
			this.sweeper = sweeper;
		}

		@Override
		public Runnable schedule(long nanoTime, Runnable task) {
			return this.sweeper.schedule(nanoTime, task);
		}

		@Override
		public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
			ProcessTable remembered = this.last;
			if (remembered != null && nanoTime() - this.read < REMEMBERED.toNanos()) {
				execute(() -> reader.accept(remembered));
				return;
			}
			this.sweeper.scan((table) -> {
				this.last = table;
				this.read = nanoTime();
				reader.accept(table);
			}, failed);
		}

	}

}
