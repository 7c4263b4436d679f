package dev.sysprims.simulation;

import java.util.Optional;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/** Holds on to a process as a pidfd does: also when it is a zombie or gone. */
final class SimulatedPin implements PinnedProcess {

	private final @Nullable SimulatedProcess holder;

	private final boolean same;

	private final Consumer<ExitStatus> onExit;

	/**
	 * A new pin.
	 * @param system where it happens
	 * @param key who is to be pinned
	 * @param holder who has the number now, or null
	 * @param onExit told of the exit
	 */
	SimulatedPin(SimulatedSystem system, ProcessKey key, @Nullable SimulatedProcess holder,
			Consumer<ExitStatus> onExit) {
		this.holder = holder;
		this.same = holder != null && holder.key().equals(key);
		this.onExit = onExit;
		if (holder != null && this.same && holder.isAlive()) {
			holder.watch(onExit);
		}
		else {
			system.later(() -> onExit.accept(ExitStatus.UNKNOWN));
		}
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		if (this.holder == null) {
			return SignalOutcome.GONE;
		}
		return this.same ? this.holder.signal(signal) : SignalOutcome.REUSED;
	}

	@Override
	public Optional<String> warning() {
		return Optional.empty();
	}

	@Override
	public void close() {
		if (this.holder != null && this.same) {
			this.holder.unwatch(this.onExit);
		}
	}

}
