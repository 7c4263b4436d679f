package dev.sysprims.os.posix;

import java.time.Duration;

import com.sun.jna.Native;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.Reaped;
import dev.sysprims.process.ResourceUsage;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one child by its number, never for any child: other code of this JVM has
 * children too, and a status can be taken only once.
 */
public final class ChildWait {

	private static final int CLD_EXITED = 1;

	// siginfo_t of Linux: si_code at 8, si_pid at 16, si_status at 24.
	private static final int SI_CODE = 2;

	private static final int SI_PID = 4;

	private static final int SI_STATUS = 6;

	private ChildWait() {
	}

	/**
	 * How a child has ended; leaves it unreaped ({@code WNOWAIT}) and does not block.
	 * @param pid our child
	 * @return the status; unknown when somebody else took it; null while it runs
	 */
	static @Nullable ExitStatus peek(long pid) {
		ExitStatus status = peek(LibC.P_PID, PidT.of(pid), ExitStatus.UNKNOWN);
		if (ExitStatus.UNKNOWN.equals(status)) {
			OwnChildren.remove(PidT.of(pid));
		}
		return status;
	}

	/**
	 * How a process has ended, in case that it is a child of this JVM.
	 * @param idType kind of the id, as in {@code waitid(2)}
	 * @param id the id
	 * @param notOurs what to say when it is no child of ours, or no longer
	 * @return the status, or null while it runs
	 */
	public static @Nullable ExitStatus peek(int idType, int id, @Nullable ExitStatus notOurs) {
		int[] info = new int[32];
		if (LibC.waitid(idType, id, info, LibC.WEXITED | LibC.WNOWAIT | LibC.WNOHANG) == -1) {
			return notOurs;
		}
		if (info[SI_PID] == 0) {
			return null;
		}
		int status = info[SI_STATUS];
		return (info[SI_CODE] == CLD_EXITED) ? ExitStatus.exited(status) : ExitStatus.signalled(Signal.of(status));
	}

	/**
	 * How a zombie has ended, which only the parent can know.
	 * @param pid a zombie, whoever's
	 * @return the status of a child of this JVM, else unknown
	 */
	public static ExitStatus statusOfZombie(long pid) {
		ExitStatus status = peek(pid);
		return (status != null) ? status : ExitStatus.UNKNOWN;
	}

	/** Waits for a child that is dying, and takes its status. */
	static void awaitAndReap(long pid) {
		int[] info = new int[32];
		while (LibC.waitid(LibC.P_PID, PidT.of(pid), info, LibC.WEXITED) == -1
				&& Native.getLastError() == Errno.EINTR) {
			// A signal came in between.
		}
	}

	/**
	 * Takes the status; does not block.
	 * @param pid our child
	 * @param ownPeakKb this JVM's own peak of memory when the child was spawned
	 * @return what the kernel kept; unknown when somebody else took it; null while it
	 * runs
	 */
	static @Nullable Reaped reap(long pid, long ownPeakKb) {
		int[] status = new int[1];
		long[] rusage = new long[18];
		int child = PidT.of(pid);
		// Before the number is free: the next one who gets it may be a new child of ours.
		OwnChildren.remove(child);
		int result = LibC.wait4(child, status, LibC.WNOHANG, rusage);
		if (result == 0) {
			OwnChildren.add(child);
			return null;
		}
		if (result == -1) {
			return new Reaped(ExitStatus.UNKNOWN, null);
		}
		// A vforked child starts with its parent's high-water mark, so that below our own
		// peak the number says nothing about the child.
		Long peak = (rusage[4] > ownPeakKb) ? rusage[4] : null;
		return new Reaped(decode(status[0]),
				new ResourceUsage(time(rusage[0], rusage[1]), time(rusage[2], rusage[3]), peak));
	}

	/**
	 * Frees the number of an adopted zombie, for whose status nobody waits; without
	 * effect on a child that was spawned here. The number is safe: a zombie keeps it for
	 * its parent.
	 * @param pid a zombie whose parent is this JVM
	 */
	public static void reapOrphan(long pid) {
		int orphan = PidT.of(pid);
		if (!OwnChildren.contains(orphan)) {
			LibC.wait4(orphan, new int[1], LibC.WNOHANG, new long[18]);
		}
	}

	/**
	 * This JVM's largest resident size so far.
	 * @return KiB
	 */
	static long ownPeakKb() {
		long[] rusage = new long[18];
		return (LibC.getrusage(LibC.RUSAGE_SELF, rusage) == 0) ? rusage[4] : Long.MAX_VALUE;
	}

	/**
	 * What a status word of {@code wait(2)} means.
	 * @param status the word
	 * @return code or signal
	 */
	public static ExitStatus decode(int status) {
		int signal = status & 0x7f;
		return (signal == 0) ? ExitStatus.exited((status >> 8) & 0xff) : ExitStatus.signalled(Signal.of(signal));
	}

	private static Duration time(long seconds, long micros) {
		return Duration.ofSeconds(seconds).plusNanos(micros * 1000);
	}

}
