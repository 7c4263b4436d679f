package dev.sysprims.os.linux;

import java.util.Optional;
import java.util.function.Function;

import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.posix.ExitPoll;
import dev.sysprims.process.Signal;

/** A process that no pidfd could be had for. */
final class PolledPin implements PinnedProcess {

	private final String warning;

	private final Function<Signal, SignalOutcome> signaller;

	private final ExitPoll poll;

	PolledPin(String warning, Function<Signal, SignalOutcome> signaller, ExitPoll poll) {
		this.warning = warning;
		this.signaller = signaller;
		this.poll = poll;
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		return this.signaller.apply(signal);
	}

	@Override
	public Optional<String> warning() {
		return Optional.of(this.warning);
	}

	@Override
	public void close() {
		this.poll.cancel();
	}

}
