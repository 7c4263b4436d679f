package dev.sysprims.os.linux;

import java.nio.charset.StandardCharsets;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.ProcessState;

/**
 * One line of {@code /proc/PID/stat}, see {@code proc_pid_stat(5)}; times in clock ticks.
 *
 * @param name the kernel's short name, which may hold anything but NUL
 * @param pgid −1 when the process is dead and nothing waits for it any more
 * @param threads number of threads; 0 when the process is dead
 * @param start ticks between boot and its start
 */
record ProcStat(long pid, String name, char state, long ppid, long pgid, long sid, long flags, long userTime,
		long systemTime, long threads, long start) {

	// Since Linux 3.5, counted from the state on; 0 where they may not be known.
	private static final int ENV_START = 47;

	private static final int ENV_END = 48;

	private static final long PF_KTHREAD = 0x0020_0000; // include/linux/sched.h

	/**
	 * Reads one line. Fields behind the start time are not looked at: their number
	 * differs between kernels.
	 * @param text holds the line from its first byte
	 * @param length how many bytes of it
	 * @return the line
	 * @throws IllegalArgumentException when it is no such line
	 */
	static ProcStat parse(byte[] text, int length) {
		int open = indexOf(text, length, '(');
		int close = lastIndexOf(text, length, ')'); // the name may itself hold ") S 1"
		if (open < 2 || close < open || text[open - 1] != ' ') {
			throw new IllegalArgumentException("There is no process name in parentheses.");
		}
		long pid = new Fields(text, 0, open - 1).next();
		Fields fields = new Fields(text, close + 1, length);
		char state = fields.nextLetter();
		long ppid = fields.next();
		long pgid = fields.next();
		long sid = fields.next();
		fields.skip(2); // terminal and its foreground group
		long flags = fields.next();
		fields.skip(4); // page faults
		long userTime = fields.next();
		long systemTime = fields.next();
		fields.skip(4); // times of children, priority, nice
		long threads = fields.next();
		fields.skip(1); // always 0
		String name = new String(text, open + 1, close - open - 1, StandardCharsets.UTF_8);
		return new ProcStat(pid, name, state, ppid, pgid, sid, flags, userTime, systemTime, threads, fields.next());
	}

	/**
	 * Whether a process has no environment for good: a zombie, a kernel thread, or one
	 * that was given none. While it executes a program the bounds of its environment are
	 * not set.
	 * @param text the whole line
	 * @return false when it has one, or will have one in a moment
	 * @throws IllegalArgumentException when it is no such line
	 */
	static boolean hasNoEnvironment(byte[] text) {
		ProcStat stat = parse(text, text.length);
		if (stat.ended() || stat.kernelThread()) {
			return true;
		}
		String line = new String(text, StandardCharsets.ISO_8859_1);
		String[] fields = line.substring(line.lastIndexOf(')') + 2).trim().split(" ");
		if (fields.length <= ENV_END) {
			return true;
		}
		return !fields[ENV_END].equals("0") && fields[ENV_START].equals(fields[ENV_END]);
	}

	ProcessKey key() {
		return new ProcessKey(this.pid, this.start);
	}

	ProcessEntry toEntry() {
		return new ProcessEntry(key(), this.ppid, this.pgid, this.sid, ended(), this.name);
	}

	/**
	 * Whether the process has exited. The state is the main thread's: it is a zombie too
	 * when it alone has ended by {@code pthread_exit} and other threads go on.
	 */
	boolean ended() {
		return (this.state == 'Z' && this.threads <= 1) || this.state == 'X' || this.state == 'x';
	}

	/** Whether the first thread has ended and others go on. */
	boolean headless() {
		return this.state == 'Z' && this.threads > 1;
	}

	boolean kernelThread() {
		return (this.flags & PF_KTHREAD) != 0;
	}

	ProcessState toState() {
		if (ended()) {
			return (this.state == 'Z') ? ProcessState.ZOMBIE : ProcessState.UNKNOWN;
		}
		return switch (this.state) {
			case 'R' -> ProcessState.RUNNING;
			case 'S', 'D', 'I' -> ProcessState.SLEEPING;
			case 'T', 't' -> ProcessState.STOPPED;
			default -> ProcessState.UNKNOWN;
		};
	}

	private static int indexOf(byte[] text, int length, char wanted) {
		for (int i = 0; i < length; i++) {
			if (text[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

	private static int lastIndexOf(byte[] text, int length, char wanted) {
		for (int i = length - 1; i >= 0; i--) {
			if (text[i] == wanted) {
				return i;
			}
		}
		return -1;
	}

	/** Walks over fields with one space between them, without making strings. */
	private static final class Fields {

		private final byte[] text;

		private final int end;

		private int at;

		Fields(byte[] text, int at, int end) {
			this.text = text;
			this.at = at;
			this.end = end;
		}

		void skip(int count) {
			for (int i = 0; i < count; i++) {
				seekField();
				while (inField()) {
					this.at++;
				}
			}
		}

		char nextLetter() {
			seekField();
			char letter = (char) this.text[this.at++];
			if (inField()) {
				throw new IllegalArgumentException("The state is no single letter.");
			}
			return letter;
		}

		long next() {
			seekField();
			boolean negative = this.text[this.at] == '-';
			if (negative) {
				this.at++;
			}
			int first = this.at;
			long number = 0;
			while (inField()) {
				int digit = this.text[this.at++] - '0';
				if (digit < 0 || digit > 9 || number > (Long.MAX_VALUE - digit) / 10) {
					throw new IllegalArgumentException("A field is no number within 64 bits.");
				}
				number = number * 10 + digit;
			}
			if (this.at == first) {
				throw new IllegalArgumentException("A field is no number.");
			}
			return negative ? -number : number;
		}

		private boolean inField() {
			return this.at < this.end && this.text[this.at] != ' ' && this.text[this.at] != '\n';
		}

		private void seekField() {
			while (this.at < this.end && this.text[this.at] == ' ') {
				this.at++;
			}
			if (!inField()) {
				throw new IllegalArgumentException("The line ends before the start time.");
			}
		}

	}

}
