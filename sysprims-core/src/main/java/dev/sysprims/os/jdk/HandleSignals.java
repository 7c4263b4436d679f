package dev.sysprims.os.jdk;

import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Signal;

/** The two signals that the JDK can send. */
final class HandleSignals {

	private HandleSignals() {
	}

	/**
	 * Sends a signal to one process, which the JDK compares with the handle's start
	 * first.
	 */
	static SignalOutcome send(ProcessHandle handle, Signal signal) {
		boolean kill = signal.equals(Signal.KILL);
		if (!kill && !(signal.equals(Signal.TERM) && handle.supportsNormalTermination())) {
			return SignalOutcome.NOT_SUPPORTED;
		}
		if (!handle.isAlive()) {
			return SignalOutcome.GONE;
		}
		boolean sent = kill ? handle.destroyForcibly() : handle.destroy();
		if (sent) {
			return SignalOutcome.SENT;
		}
		return handle.isAlive() ? SignalOutcome.NOT_PERMITTED : SignalOutcome.GONE;
	}

}
