package dev.sysprims.os.posix;

/**
 * The one place where a {@code long} becomes a {@code pid_t}. A number that wraps would
 * mean <em>every process</em> or <em>my own group</em> to {@code kill(2)}.
 */
public final class PidT {

	private PidT() {
	}

	/**
	 * The number for the kernel.
	 * @param pid 1 to 2³¹−1
	 * @return the same number
	 * @throws IllegalArgumentException when it is out of range
	 */
	public static int of(long pid) {
		if (pid < 1 || pid > Integer.MAX_VALUE) {
			throw new IllegalArgumentException("Pid " + pid + " is out of range: use 1 to " + Integer.MAX_VALUE + ".");
		}
		return (int) pid;
	}

	/**
	 * The number by which {@code kill(2)} knows a group. Group 1 is refused: its negation
	 * is −1, every process.
	 * @param pgid 2 to 2³¹−1
	 * @return the negative number
	 * @throws IllegalArgumentException when it is out of range
	 */
	static int ofGroup(long pgid) {
		if (pgid == 1) {
			throw new IllegalArgumentException("Process group 1 cannot be signalled: kill(-1) means every process.");
		}
		return -of(pgid);
	}

}
