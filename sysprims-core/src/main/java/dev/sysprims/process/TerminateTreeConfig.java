package dev.sysprims.process;

import java.time.Duration;
import java.util.Objects;

/**
 * How a process tree is ended: first politely, then by force.
 *
 * @param signal the first signal; SIGTERM by default
 * @param graceTimeout how long members have to end by themselves; not negative, 10 s by
 * default; zero kills at once after the first signal
 * @param killSignal the signal that forces; SIGKILL by default
 * @param killTimeout how long the end is waited for after the kill signal; positive, 2 s
 * by default
 * @param first whom the first signal reaches; the whole tree by default
 */
public record TerminateTreeConfig(Signal signal, Duration graceTimeout, Signal killSignal, Duration killTimeout,
		FirstSignal first) {

	private static final TerminateTreeConfig DEFAULTS = new TerminateTreeConfig(Signal.TERM, Duration.ofSeconds(10),
			Signal.KILL, Duration.ofSeconds(2), FirstSignal.TREE);

	/**
	 * Checks both durations.
	 * @throws IllegalArgumentException when the grace timeout is negative, the kill
	 * timeout is not positive, or one of them is longer than 365 days
	 */
	public TerminateTreeConfig {
		Objects.requireNonNull(signal, "signal");
		Objects.requireNonNull(killSignal, "killSignal");
		Objects.requireNonNull(first, "first");
		Limits.requireNotNegative("graceTimeout", graceTimeout);
		Limits.requirePositive("killTimeout", killTimeout);
	}

	/**
	 * SIGTERM to the tree, 10 s, SIGKILL, 2 s.
	 * @return the defaults of the contract
	 */
	public static TerminateTreeConfig defaults() {
		return DEFAULTS;
	}

	/**
	 * A builder that starts from the defaults.
	 * @return a new builder
	 */
	public static Builder builder() {
		return DEFAULTS.toBuilder();
	}

	/**
	 * A builder that starts from this.
	 * @return a new builder
	 */
	public Builder toBuilder() {
		return new Builder(this);
	}

	/** Collects what differs. Not thread-safe. */
	public static final class Builder {

		private Signal signal;

		private Duration graceTimeout;

		private Signal killSignal;

		private Duration killTimeout;

		private FirstSignal first;

		private Builder(TerminateTreeConfig from) {
			this.signal = from.signal;
			this.graceTimeout = from.graceTimeout;
			this.killSignal = from.killSignal;
			this.killTimeout = from.killTimeout;
			this.first = from.first;
		}

		/**
		 * The first signal.
		 * @param signal such as {@link Signal#TERM}
		 * @return this builder
		 */
		public Builder signal(Signal signal) {
			this.signal = signal;
			return this;
		}

		/**
		 * How long members have to end by themselves.
		 * @param graceTimeout not negative
		 * @return this builder
		 */
		public Builder graceTimeout(Duration graceTimeout) {
			this.graceTimeout = graceTimeout;
			return this;
		}

		/**
		 * The signal that forces.
		 * @param killSignal such as {@link Signal#KILL}
		 * @return this builder
		 */
		public Builder killSignal(Signal killSignal) {
			this.killSignal = killSignal;
			return this;
		}

		/**
		 * How long the end is waited for after the kill signal.
		 * @param killTimeout positive
		 * @return this builder
		 */
		public Builder killTimeout(Duration killTimeout) {
			this.killTimeout = killTimeout;
			return this;
		}

		/**
		 * Whom the first signal reaches.
		 * @param first the tree or the leader only
		 * @return this builder
		 */
		public Builder first(FirstSignal first) {
			this.first = first;
			return this;
		}

		/**
		 * The configuration.
		 * @return an immutable configuration
		 * @throws IllegalArgumentException when a duration is out of range
		 */
		public TerminateTreeConfig build() {
			return new TerminateTreeConfig(this.signal, this.graceTimeout, this.killSignal, this.killTimeout,
					this.first);
		}

	}

}
