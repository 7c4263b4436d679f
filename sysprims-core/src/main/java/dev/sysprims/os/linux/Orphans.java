package dev.sysprims.os.linux;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.posix.ChildWait;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Orphans that come to this JVM because it is PID 1 of its namespace
 * ({@code pid_namespaces(7)}) or a subreaper ({@code PR_SET_CHILD_SUBREAPER},
 * {@code prctl(2)}). Thread-safe.
 */
final class Orphans {

	private static final long INIT = 1;

	private final LinuxProcesses processes;

	private final long self = ProcessHandle.current().pid();

	private volatile boolean adopted;

	/** As it is now; other code may have made this JVM a subreaper before. */
	Orphans(LinuxProcesses processes) {
		this.processes = processes;
		this.adopted = this.self == INIT || isSubreaper();
	}

	boolean areAdopted() {
		return this.adopted;
	}

	/**
	 * Makes this JVM a subreaper, unless orphans come to it already.
	 * @throws SysprimsException of kind not_supported when the system refuses
	 */
	void adopt() {
		if (this.adopted) {
			return;
		}
		if (LinuxC.prctl(LinuxC.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == -1) {
			throw new SysprimsException(ErrorKind.NOT_SUPPORTED,
					"This JVM cannot be made the subreaper of its descendants: "
							+ ErrnoException.last("prctl(PR_SET_CHILD_SUBREAPER)").getMessage()
							+ ". Switch the subreaper off, or allow the call in the seccomp profile of the container.");
		}
		this.adopted = true;
	}

	/**
	 * Reaps the zombie of an orphan. A descendant of a program that was started here is
	 * never in this JVM's own session: each such program begins a session, and a process
	 * can leave its session only for a new one ({@code setsid(2)}). Children of other
	 * code of this JVM are in it, unless they left it on purpose.
	 */
	void reap(ProcessKey key) {
		ProcessEntry zombie = entry(key.pid());
		if (zombie == null || !zombie.ended() || !zombie.key().equals(key) || zombie.ppid() != this.self) {
			return;
		}
		ProcessEntry own = entry(this.self);
		if (own != null && own.sid() != zombie.sid()) {
			ChildWait.reapOrphan(key.pid());
		}
	}

	private @Nullable ProcessEntry entry(long pid) {
		try {
			return this.processes.entry(pid);
		}
		catch (PermissionDeniedException ex) {
			return null; // hidden, so no child of ours that has ended
		}
	}

	private static boolean isSubreaper() {
		try (Memory answer = new Memory(Integer.BYTES)) {
			int result = LinuxC.prctl(LinuxC.PR_GET_CHILD_SUBREAPER, Pointer.nativeValue(answer), 0, 0, 0);
			return result != -1 && answer.getInt(0) != 0;
		}
	}

}
