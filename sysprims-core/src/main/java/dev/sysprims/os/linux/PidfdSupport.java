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
 * @param ownInodes whether each process has an inode of its own
 */
record PidfdSupport(@Nullable ErrnoException refused, boolean tellsStatus, boolean ownInodes) {

	private static final Version PIDFS = new Version(6, 9);

	private static final Version EXIT_INFO = new Version(6, 15);

	static PidfdSupport probe(Version kernel) {
		try (Pidfd self = Pidfd.open(ProcessHandle.current().pid())) {
			self.requireSignals();
			return new PidfdSupport(null, kernel.isAtLeast(EXIT_INFO) && self.hasInfo(), self.hasOwnInode());
		}
		catch (ErrnoException ex) {
			return isForGood(ex.errno()) ? refusing(ex)
					: new PidfdSupport(null, kernel.isAtLeast(EXIT_INFO), kernel.isAtLeast(PIDFS));
		}
	}

	/** There are none, for this reason. */
	static PidfdSupport refusing(ErrnoException reason) {
		return new PidfdSupport(reason, false, false);
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

	/**
	 * The inode that tells this process from all others of this boot.
	 * @return the inode, or null where there is none
	 */
	@Nullable Long inode(Pidfd pidfd) {
		return this.ownInodes ? pidfd.inode() : null;
	}

	private static boolean isForGood(int errno) {
		return errno != Errno.EMFILE && errno != Errno.ENFILE && errno != Errno.ENOMEM;
	}

}
