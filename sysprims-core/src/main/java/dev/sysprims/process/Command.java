package dev.sysprims.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What to run: an argument vector, never a string for a shell; where; and how its
 * environment differs from this JVM's. Immutable. {@link #toString()} shows no argument
 * and no value of a variable: both may hold secrets.
 *
 * @param argv the program and its arguments; not empty, the first not empty, no NUL in
 * any. A program with a {@code /} is relative to {@code cwd}, one without is looked up in
 * the child's {@code PATH}
 * @param cwd the working directory, or null for this JVM's
 * @param env what is merged over the inherited environment: a value sets the variable,
 * null removes it
 */
public record Command(List<String> argv, @Nullable Path cwd, Map<String, @Nullable String> env) {

	/**
	 * Checks and copies.
	 * @throws IllegalArgumentException for an empty command, an empty program, a NUL
	 * anywhere, or a variable name that is empty or holds {@code =}
	 */
	public Command {
		argv = List.copyOf(argv);
		env = Collections.unmodifiableMap(new HashMap<>(env));
		if (argv.isEmpty() || argv.get(0).isEmpty()) {
			throw new IllegalArgumentException("The command is empty: name a program as its first element.");
		}
		for (int i = 0; i < argv.size(); i++) {
			requireNoNul("argument " + i + " of '" + argv.get(0).replace('\0', '?') + "'", argv.get(i));
		}
		env.forEach(Command::checkVariable);
	}

	/**
	 * A command in this JVM's directory with its environment.
	 * @param argv the program and its arguments
	 * @return the command
	 */
	public static Command of(String... argv) {
		return new Command(Arrays.asList(argv), null, Map.of());
	}

	/**
	 * The same command in this directory.
	 * @param cwd the working directory, or null for this JVM's
	 * @return a new command
	 */
	public Command withCwd(@Nullable Path cwd) {
		return new Command(this.argv, cwd, this.env);
	}

	/**
	 * The same command with one more change of its environment.
	 * @param name not empty, without {@code =} and NUL
	 * @param value the value, or null to remove the variable
	 * @return a new command
	 */
	public Command withEnv(String name, @Nullable String value) {
		Map<String, @Nullable String> changed = new HashMap<>(this.env);
		changed.put(name, value);
		return new Command(this.argv, this.cwd, changed);
	}

	/**
	 * The same command with more arguments.
	 * @param arguments appended to the argument vector
	 * @return a new command
	 */
	public Command withArguments(List<String> arguments) {
		List<String> longer = new ArrayList<>(this.argv);
		longer.addAll(arguments);
		return new Command(longer, this.cwd, this.env);
	}

	/**
	 * The program, as it was named.
	 * @return the first element of the argument vector
	 */
	public String program() {
		return this.argv.get(0);
	}

	private static void checkVariable(String name, @Nullable String value) {
		if (name.isEmpty() || name.indexOf('=') >= 0) {
			throw new IllegalArgumentException(
					"Environment variable name '" + name + "' must not be empty and must not contain '='.");
		}
		requireNoNul("the name of an environment variable", name);
		if (value != null) {
			requireNoNul("the value of environment variable '" + name + "'", value);
		}
	}

	private static void requireNoNul(String what, String text) {
		if (text.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("There is a NUL character in " + what
					+ ": the operating system would cut the text there. Remove it.");
		}
	}

	/**
	 * The program, the number of arguments, the directory and the names of changed
	 * variables.
	 */
	@Override
	public String toString() {
		return "Command[" + program() + " +" + (this.argv.size() - 1) + " arguments, cwd=" + this.cwd + ", env="
				+ this.env.keySet() + "]";
	}

}
