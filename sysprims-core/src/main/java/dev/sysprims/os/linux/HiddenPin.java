package dev.sysprims.os.linux;

import java.util.Optional;

import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Signal;

/**
 * A process that a hidepid mount hides ({@code proc(5)}). Whoever has the number is
 * pinned, and when that one exits, the process that was meant is gone too; but it cannot
 * be told whether they are the same, so that it is not signalled.
 */
final class HiddenPin implements PinnedProcess {

	private final PinnedProcess pin;

	HiddenPin(PinnedProcess pin) {
		this.pin = pin;
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		return SignalOutcome.NOT_PERMITTED;
	}

	@Override
	public Optional<String> warning() {
		return this.pin.warning();
	}

	@Override
	public void close() {
		this.pin.close();
	}

}
