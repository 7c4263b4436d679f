package dev.sysprims.os.posix;

import com.sun.jna.Native;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Signal;

/**
 * {@code kill(2)} by number. Only right while something keeps the number from being
 * reused: an unreaped child, or a fresh look at the identity.
 */
public final class Kill {

	private Kill() {
	}

	/**
	 * Sends a signal to one process.
	 * @param pid its number
	 * @param signal the signal
	 * @return what came of it
	 */
	public static SignalOutcome process(long pid, Signal signal) {
		return outcome(LibC.kill(PidT.of(pid), signal.number()));
	}

	/**
	 * Sends a signal to every member of a group.
	 * @param pgid the group, pinned by its unreaped leader
	 * @param signal the signal
	 * @return what came of it; zombies count as receivers to the kernel
	 */
	static SignalOutcome group(long pgid, Signal signal) {
		return outcome(LibC.kill(PidT.ofGroup(pgid), signal.number()));
	}

	/**
	 * Whether any process has this number.
	 * @param pid the number
	 * @return true for a zombie and for one that may not be signalled too
	 */
	public static boolean exists(long pid) {
		return LibC.kill(PidT.of(pid), 0) == 0 || Native.getLastError() != Errno.ESRCH;
	}

	/**
	 * What a call that sends a signal means by its result.
	 * @param result −1 when it failed
	 * @return the outcome
	 */
	public static SignalOutcome outcome(int result) {
		if (result != -1) {
			return SignalOutcome.SENT;
		}
		return switch (Native.getLastError()) {
			case Errno.ESRCH -> SignalOutcome.GONE;
			case Errno.EPERM -> SignalOutcome.NOT_PERMITTED;
			default -> SignalOutcome.NOT_SUPPORTED;
		};
	}

}
