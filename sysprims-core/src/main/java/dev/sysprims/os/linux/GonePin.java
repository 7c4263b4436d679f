package dev.sysprims.os.linux;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Signal;

/** A process that was gone, or whose number was another's, when it was to be pinned. */
final class GonePin implements PinnedProcess {

	private final SignalOutcome why;

	private final AtomicBoolean closed = new AtomicBoolean();

	GonePin(SignalOutcome why) {
		this.why = why;
	}

	void tell(Consumer<ExitStatus> onExit) {
		if (this.closed.compareAndSet(false, true)) {
			onExit.accept(ExitStatus.UNKNOWN);
		}
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		return this.why;
	}

	@Override
	public Optional<String> warning() {
		return Optional.empty();
	}

	@Override
	public void close() {
		this.closed.set(true);
	}

}
