package dev.sysprims.os.linux;

import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * What pidfds can do here, tried once on this JVM itself: a seccomp profile may refuse
 * what the kernel has.
 *
 * @param refused why there are none, or null when they work
 * @param tellsStatus whether the kernel tells how a stranger has ended
 */
record PidfdSupport(@Nullable ErrnoException refused, boolean tellsStatus) {

	private static final Version EXIT_INFO = new Version(6, 15);

	static PidfdSupport probe(Version kernel) {
		try (Pidfd self = Pidfd.open(ProcessHandle.current().pid())) {
			self.requireSignals();
			return new PidfdSupport(null, kernel.isAtLeast(EXIT_INFO) && self.hasInfo());
		}
		catch (ErrnoException ex) {
			return isForGood(ex.errno()) ? new PidfdSupport(ex, false)
					: new PidfdSupport(null, kernel.isAtLeast(EXIT_INFO));
		}
	}

	/**
	 * Pins the process that has this number now.
	 * @throws ErrnoException when there is none, or no pidfd for it
	 */
	Pidfd open(long pid) throws ErrnoException {
		if (this.refused != null) {
			throw new ErrnoException(this.refused.call(), this.refused.errno());
		}
		return Pidfd.open(pid);
	}

	private static boolean isForGood(int errno) {
		return errno != Errno.EMFILE && errno != Errno.ENFILE && errno != Errno.ENOMEM;
	}

}
