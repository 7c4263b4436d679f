package dev.sysprims.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What to start in a group of its own. Immutable.
 *
 * @param command the program, its arguments, directory and environment
 */
public record SpawnInGroupConfig(Command command) {

	/**
	 * Starts to describe a command.
	 * @param argv the program and its arguments, not empty
	 * @return a new builder
	 * @throws IllegalArgumentException when the command is empty or holds a NUL
	 */
	public static Builder command(String... argv) {
		return new Builder(Command.of(argv));
	}

	/**
	 * Starts to describe a command.
	 * @param argv the program and its arguments, not empty
	 * @return a new builder
	 * @throws IllegalArgumentException when the command is empty or holds a NUL
	 */
	public static Builder command(List<String> argv) {
		return new Builder(new Command(argv, null, Map.of()));
	}

	/**
	 * The argument vector.
	 * @return not empty
	 */
	public List<String> argv() {
		return this.command.argv();
	}

	/**
	 * The working directory.
	 * @return the directory, or null for this JVM's
	 */
	public @Nullable Path cwd() {
		return this.command.cwd();
	}

	/**
	 * What is merged over the inherited environment.
	 * @return variables to set; null removes one
	 */
	public Map<String, @Nullable String> env() {
		return this.command.env();
	}

	/** Collects directory and environment. Not thread-safe. */
	public static final class Builder {

		private Command command;

		private Builder(Command command) {
			this.command = command;
		}

		/**
		 * The working directory.
		 * @param cwd an existing directory
		 * @return this builder
		 */
		public Builder cwd(Path cwd) {
			this.command = this.command.withCwd(cwd);
			return this;
		}

		/**
		 * Sets one variable over the inherited environment.
		 * @param name not empty, without {@code =}
		 * @param value the value
		 * @return this builder
		 */
		public Builder env(String name, String value) {
			this.command = this.command.withEnv(name, value);
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
		 * The configuration.
		 * @return an immutable configuration
		 */
		public SpawnInGroupConfig build() {
			return new SpawnInGroupConfig(this.command);
		}

	}

}
