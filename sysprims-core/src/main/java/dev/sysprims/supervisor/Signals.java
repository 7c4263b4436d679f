package dev.sysprims.supervisor;

import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.NoSuchProcessException;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/** What it means to the caller when a signal was not sent. */
final class Signals {

	private Signals() {
	}

	/**
	 * Throws unless the signal was sent.
	 * @param outcome what came of it, or null when the job has ended
	 * @param signal the signal
	 * @param job whose program it was for
	 */
	static void require(@Nullable SignalOutcome outcome, Signal signal, Job job) {
		String what = "Cannot send " + signal + " to the program of job '" + job.name() + "' (pid " + job.pid() + ")";
		switch ((outcome != null) ? outcome : SignalOutcome.GONE) {
			case SENT -> {
			}
			case GONE, REUSED -> throw new NoSuchProcessException(
					what + ": it has exited. Members of its tree are reached by Job.terminate() only.");
			case NOT_PERMITTED -> throw new PermissionDeniedException(what
					+ ": this JVM's user may not signal it (EPERM); it has changed its user. Run as root or with CAP_KILL.");
			case NOT_SUPPORTED -> throw new SysprimsException(ErrorKind.NOT_SUPPORTED, what
					+ ": this backend cannot send that signal. See ProcessSupervisor.platform() for what it can and why.");
		}
	}

}
