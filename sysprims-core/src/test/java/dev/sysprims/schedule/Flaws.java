package dev.sysprims.schedule;

import java.time.Duration;
import java.util.function.Consumer;

import dev.sysprims.fixture.ForwardingSweeper;
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

	private static final class TimelessSweeper extends ForwardingSweeper {

		TimelessSweeper(Sweeper sweeper) {
			super(sweeper);
		}

		@Override
		public Runnable schedule(long nanoTime, Runnable task) {
			return () -> {
			};
		}

	}

	private static final class RememberingSweeper extends ForwardingSweeper {

		private @Nullable ProcessTable last;

		private long read;

		RememberingSweeper(Sweeper sweeper) {
			super(sweeper);
		}

		@Override
		public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
			ProcessTable remembered = this.last;
			if (remembered != null && nanoTime() - this.read < REMEMBERED.toNanos()) {
				execute(() -> reader.accept(remembered));
				return;
			}
			super.scan((table) -> {
				this.last = table;
				this.read = nanoTime();
				reader.accept(table);
			}, failed);
		}

	}

}
