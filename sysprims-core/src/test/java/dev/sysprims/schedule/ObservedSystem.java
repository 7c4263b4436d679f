package dev.sysprims.schedule;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.sysprims.fixture.ForwardingSweeper;
import dev.sysprims.fixture.ForwardingSystem;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * A system that counts the pins that are open, and sees every table that is given to the
 * policy.
 */
class ObservedSystem extends ForwardingSystem {

	private @Nullable Consumer<ProcessTable> reader;

	private int openPins;

	ObservedSystem(OperatingSystem system) {
		super(system);
	}

	/** Every table that the policy is shown is shown to this reader first. */
	void readBy(@Nullable Consumer<ProcessTable> reader) {
		this.reader = reader;
	}

	int openPins() {
		return this.openPins;
	}

	@Override
	public Sweeper sweeper() {
		Sweeper sweeper = super.sweeper();
		return (this.reader != null) ? new ObservedSweeper(sweeper, this.reader) : sweeper;
	}

	@Override
	public PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit) {
		PinnedProcess pin = super.pin(key, onExit);
		this.openPins++;
		AtomicBoolean open = new AtomicBoolean(true);
		return new PinnedProcess() {

			@Override
			public SignalOutcome signal(Signal signal) {
				return pin.signal(signal);
			}

			@Override
			public Optional<String> warning() {
				return pin.warning();
			}

			@Override
			public void close() {
				if (open.getAndSet(false)) {
					ObservedSystem.this.openPins--;
				}
				pin.close();
			}

		};
	}

	private static final class ObservedSweeper extends ForwardingSweeper {

		private final Consumer<ProcessTable> observer;

		ObservedSweeper(Sweeper sweeper, Consumer<ProcessTable> observer) {
			super(sweeper);
			this.observer = observer;
		}

		@Override
		public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
			super.scan((table) -> {
				this.observer.accept(table);
				reader.accept(table);
			}, failed);
		}

	}

}
