package dev.sysprims.supervisor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.sysprims.process.Command;
import dev.sysprims.process.FirstSignal;
import dev.sysprims.process.InputMode;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.OutputMode;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import org.jspecify.annotations.Nullable;

/**
 * What to run and how. Immutable; may be started any number of times. {@link #toString()}
 * shows no argument and no variable's value.
 */
public final class JobSpec {

	private final Command command;

	private final String name;

	private final @Nullable Duration timeout;

	private final @Nullable Duration graceTimeout;

	private final @Nullable Duration killTimeout;

	private final Signal signal;

	private final FirstSignal first;

	private final Leftovers leftovers;

	private final boolean survivesJvm;

	private final InputMode stdin;

	private final OutputMode stdout;

	private final @Nullable OutputMode stderr;

	private JobSpec(Builder from) {
		this.command = from.command;
		this.name = (from.name != null) ? from.name : fileName(from.command.program());
		this.timeout = from.timeout;
		this.graceTimeout = from.graceTimeout;
		this.killTimeout = from.killTimeout;
		this.signal = from.signal;
		this.first = from.first;
		this.leftovers = from.leftovers;
		this.survivesJvm = from.survivesJvm;
		this.stdin = from.stdin;
		this.stdout = from.stdout;
		this.stderr = from.stderr;
		if (this.timeout != null && (this.timeout.isZero() || this.timeout.isNegative())) {
			throw new IllegalArgumentException("The timeout " + this.timeout + " of job '" + this.name
					+ "' must be positive; leave it out for none.");
		}
		if (this.name.isBlank()) {
			throw new IllegalArgumentException(
					"The name of the job must not be blank; leave it out for the program's.");
		}
		terminateConfig(TerminateTreeConfig.defaults().graceTimeout(), TerminateTreeConfig.defaults().killTimeout());
	}

	/**
	 * Starts to describe a job.
	 * @param argv the program and its arguments, not empty: an argument vector, never a
	 * string for a shell
	 * @return a new builder
	 * @throws IllegalArgumentException when the command is empty or holds a NUL
	 */
	public static Builder command(String... argv) {
		return new Builder(Command.of(argv));
	}

	/**
	 * Starts to describe a job.
	 * @param argv the program and its arguments, not empty
	 * @return a new builder
	 * @throws IllegalArgumentException when the command is empty or holds a NUL
	 */
	public static Builder command(List<String> argv) {
		return new Builder(new Command(argv, null, Map.of()));
	}

	/**
	 * The program, its arguments, directory and environment.
	 * @return the command
	 */
	public Command command() {
		return this.command;
	}

	/**
	 * What it is called, for people and metrics.
	 * @return the name, by default the program's file name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * How long it may take until its tree is ended.
	 * @return the timeout, or null for none
	 */
	public @Nullable Duration timeout() {
		return this.timeout;
	}

	/**
	 * What becomes of members that are there when the program has ended.
	 * @return {@link Leftovers#END} by default
	 */
	public Leftovers leftovers() {
		return this.leftovers;
	}

	/**
	 * Whether its tree lives on when this JVM dies without having ended it.
	 * @return false by default
	 */
	public boolean survivesJvm() {
		return this.survivesJvm;
	}

	/**
	 * What the program reads.
	 * @return {@link InputMode#none()} by default
	 */
	public InputMode stdin() {
		return this.stdin;
	}

	/**
	 * Where its output goes.
	 * @return {@link OutputMode#tail()} by default
	 */
	public OutputMode stdout() {
		return this.stdout;
	}

	/**
	 * Where its error output goes.
	 * @return {@link OutputMode#tail()} by default, null when it is merged into standard
	 * output
	 */
	public @Nullable OutputMode stderr() {
		return this.stderr;
	}

	/**
	 * How its tree is ended, with the supervisor's timeouts where the job names none.
	 * @param graceTimeout the supervisor's
	 * @param killTimeout the supervisor's
	 * @return signals and timeouts
	 */
	TerminateTreeConfig terminateConfig(Duration graceTimeout, Duration killTimeout) {
		return TerminateTreeConfig.builder()
			.signal(this.signal)
			.first(this.first)
			.graceTimeout((this.graceTimeout != null) ? this.graceTimeout : graceTimeout)
			.killTimeout((this.killTimeout != null) ? this.killTimeout : killTimeout)
			.build();
	}

	private static String fileName(String program) {
		String name = program.substring(program.lastIndexOf('/') + 1);
		return name.isBlank() ? program : name;
	}

	/** The name and the command without arguments and values. */
	@Override
	public String toString() {
		return "JobSpec[" + this.name + ", " + this.command + "]";
	}

	/** Collects what differs from the defaults. Not thread-safe. */
	public static final class Builder {

		private Command command;

		private @Nullable String name;

		private @Nullable Duration timeout;

		private @Nullable Duration graceTimeout;

		private @Nullable Duration killTimeout;

		private Signal signal = Signal.TERM;

		private FirstSignal first = FirstSignal.TREE;

		private Leftovers leftovers = Leftovers.END;

		private boolean survivesJvm;

		private InputMode stdin = InputMode.none();

		private OutputMode stdout = OutputMode.tail();

		private @Nullable OutputMode stderr = OutputMode.tail();

		private Builder(Command command) {
			this.command = command;
		}

		/**
		 * What the job is called. It becomes a tag of meters: use few different names.
		 * @param name not blank
		 * @return this builder
		 */
		public Builder name(String name) {
			this.name = Objects.requireNonNull(name, "name");
			return this;
		}

		/**
		 * The working directory.
		 * @param cwd an existing directory
		 * @return this builder
		 */
		public Builder cwd(Path cwd) {
			this.command = this.command.withCwd(Objects.requireNonNull(cwd, "cwd"));
			return this;
		}

		/**
		 * Sets one variable over the inherited environment.
		 * @param name not empty, without {@code =}
		 * @param value the value
		 * @return this builder
		 */
		public Builder env(String name, String value) {
			this.command = this.command.withEnv(name, Objects.requireNonNull(value, "value"));
			return this;
		}

		/**
		 * Removes one variable from the inherited environment.
		 * @param name not empty, without {@code =}
		 * @return this builder
		 */
		public Builder removeEnv(String name) {
			this.command = this.command.withEnv(name, null);
			return this;
		}

		/**
		 * How long the job may take until its tree is ended.
		 * @param timeout positive
		 * @return this builder
		 */
		public Builder timeout(Duration timeout) {
			this.timeout = Objects.requireNonNull(timeout, "timeout");
			return this;
		}

		/**
		 * How long its tree has to end by itself; the supervisor's by default.
		 * @param graceTimeout not negative
		 * @return this builder
		 */
		public Builder graceTimeout(Duration graceTimeout) {
			this.graceTimeout = Objects.requireNonNull(graceTimeout, "graceTimeout");
			return this;
		}

		/**
		 * How long the end is waited for after the kill signal; the supervisor's by
		 * default.
		 * @param killTimeout positive
		 * @return this builder
		 */
		public Builder killTimeout(Duration killTimeout) {
			this.killTimeout = Objects.requireNonNull(killTimeout, "killTimeout");
			return this;
		}

		/**
		 * The first, polite signal.
		 * @param signal {@link Signal#TERM} by default
		 * @return this builder
		 */
		public Builder signal(Signal signal) {
			this.signal = Objects.requireNonNull(signal, "signal");
			return this;
		}

		/**
		 * Whom the first signal reaches.
		 * @param first the whole tree by default
		 * @return this builder
		 */
		public Builder first(FirstSignal first) {
			this.first = Objects.requireNonNull(first, "first");
			return this;
		}

		/**
		 * What becomes of members that are there when the program has ended.
		 * @param leftovers {@link Leftovers#END} by default
		 * @return this builder
		 */
		public Builder leftovers(Leftovers leftovers) {
			this.leftovers = Objects.requireNonNull(leftovers, "leftovers");
			return this;
		}

		/**
		 * Lets its tree live on when this JVM is killed or crashes. An orderly end of the
		 * supervisor ends it all the same.
		 * @return this builder
		 */
		public Builder surviveJvm() {
			this.survivesJvm = true;
			return this;
		}

		/**
		 * What the program reads.
		 * @param mode {@link InputMode#none()} by default
		 * @return this builder
		 */
		public Builder stdin(InputMode mode) {
			this.stdin = Objects.requireNonNull(mode, "mode");
			return this;
		}

		/**
		 * Where its output goes.
		 * @param mode {@link OutputMode#tail()} by default
		 * @return this builder
		 */
		public Builder stdout(OutputMode mode) {
			this.stdout = Objects.requireNonNull(mode, "mode");
			return this;
		}

		/**
		 * Where its error output goes.
		 * @param mode {@link OutputMode#tail()} by default
		 * @return this builder
		 */
		public Builder stderr(OutputMode mode) {
			this.stderr = Objects.requireNonNull(mode, "mode");
			return this;
		}

		/**
		 * Sends the error output where standard output goes, in the order in which the
		 * program writes.
		 * @return this builder
		 */
		public Builder mergeStderr() {
			this.stderr = null;
			return this;
		}

		/**
		 * An open stdin and both outputs as lossless streams, for
		 * {@link Job#toProcess()}.
		 * @return this builder
		 */
		public Builder piped() {
			return stdin(InputMode.stream()).stdout(OutputMode.stream()).stderr(OutputMode.stream());
		}

		/**
		 * The specification.
		 * @return an immutable specification
		 * @throws IllegalArgumentException when a duration or the name is out of range
		 */
		public JobSpec build() {
			return new JobSpec(this);
		}

	}

}
