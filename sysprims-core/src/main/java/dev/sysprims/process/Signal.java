package dev.sysprims.process;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A POSIX signal: the number the kernel takes and the name people know it by. Real-time
 * signals exist, so this is an open set and not an enum. Numbers from 16 on differ
 * between systems; the constants carry those of the system this JVM runs on
 * ({@code signal(7)}).
 *
 * @param number the number given to the kernel, 1 to 64
 * @param name the name with its prefix, such as {@code SIGTERM}
 */
public record Signal(int number, String name) {

	private static final boolean BSD = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");

	/** The terminal hung up. */
	public static final Signal HUP = new Signal(1, "SIGHUP");

	/** Interrupt, what Ctrl-C sends. */
	public static final Signal INT = new Signal(2, "SIGINT");

	/** Quit, what Ctrl-\ sends; a JVM answers it with a thread dump. */
	public static final Signal QUIT = new Signal(3, "SIGQUIT");

	/** Abort. */
	public static final Signal ABRT = new Signal(6, "SIGABRT");

	/** Cannot be caught or ignored: the process ends without a word. */
	public static final Signal KILL = new Signal(9, "SIGKILL");

	/** Invalid memory access. */
	public static final Signal SEGV = new Signal(11, "SIGSEGV");

	/** Write to a pipe that nobody reads. */
	public static final Signal PIPE = new Signal(13, "SIGPIPE");

	/** Timer of {@code alarm(2)}. */
	public static final Signal ALRM = new Signal(14, "SIGALRM");

	/** The polite request to end. */
	public static final Signal TERM = new Signal(15, "SIGTERM");

	/** Free for the program's own use; 10 on Linux, 30 on macOS. */
	public static final Signal USR1 = new Signal(BSD ? 30 : 10, "SIGUSR1");

	/** Free for the program's own use; 12 on Linux, 31 on macOS. */
	public static final Signal USR2 = new Signal(BSD ? 31 : 12, "SIGUSR2");

	/** Goes on after a stop; 18 on Linux, 19 on macOS. */
	public static final Signal CONT = new Signal(BSD ? 19 : 18, "SIGCONT");

	/** Stops the process; cannot be caught or ignored; 19 on Linux, 17 on macOS. */
	public static final Signal STOP = new Signal(BSD ? 17 : 19, "SIGSTOP");

	private static final List<Signal> NAMED = List.of(HUP, INT, QUIT, new Signal(4, "SIGILL"), new Signal(5, "SIGTRAP"),
			ABRT, new Signal(BSD ? 10 : 7, "SIGBUS"), new Signal(8, "SIGFPE"), KILL, SEGV, PIPE, ALRM, TERM, USR1, USR2,
			CONT, STOP, new Signal(BSD ? 18 : 20, "SIGTSTP"), new Signal(24, "SIGXCPU"), new Signal(25, "SIGXFSZ"),
			new Signal(BSD ? 12 : 31, "SIGSYS"));

	/**
	 * Checks both components.
	 * @throws IllegalArgumentException when the number is not 1 to 64 or the name does
	 * not start with {@code SIG}
	 */
	public Signal {
		if (number < 1 || number > 64) {
			throw new IllegalArgumentException("Signal number " + number + " is out of range: use 1 to 64.");
		}
		if (!name.startsWith("SIG")) {
			throw new IllegalArgumentException("Signal name '" + name + "' must start with SIG, as in SIGTERM.");
		}
	}

	/**
	 * The signal with this number, under the name this system gives it.
	 * @param number 1 to 64
	 * @return the signal; one without a common name is called {@code SIG} and its number
	 * @throws IllegalArgumentException when the number is out of range
	 */
	public static Signal of(int number) {
		return NAMED.stream()
			.filter((s) -> s.number == number)
			.findFirst()
			.orElseGet(() -> new Signal(number, "SIG" + number));
	}

	/**
	 * The signal with this name.
	 * @param name with or without {@code SIG}, in any case
	 * @return the signal, or empty when this library has no such name
	 */
	public static Optional<Signal> named(String name) {
		String upper = name.toUpperCase(Locale.ROOT);
		String full = upper.startsWith("SIG") ? upper : "SIG" + upper;
		return NAMED.stream().filter((s) -> s.name.equals(full)).findFirst();
	}

	/** The name, such as {@code SIGTERM}. */
	@Override
	public String toString() {
		return this.name;
	}

}
