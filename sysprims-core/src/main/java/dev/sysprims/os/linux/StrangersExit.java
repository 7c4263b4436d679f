package dev.sysprims.os.linux;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.posix.ErrnoException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a pinned process has ended. Its pidfd becomes readable when it is a
 * zombie; the kernel tells its status to others than the parent only once it has been
 * reaped, which is the hang-up. So that is waited for, but not for long: a parent may
 * never reap.
 */
final class StrangersExit {

	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

	private final Sweeper sweeper;

	private final boolean tellsStatus;

	private final Consumer<ExitStatus> onExit;

	private final AtomicBoolean told = new AtomicBoolean();

	private boolean zombieSeen;

	/**
	 * An exit to come.
	 * @param sweeper whose timers are used
	 * @param tellsStatus whether this kernel tells the status of strangers at all
	 * @param onExit told once
	 */
	StrangersExit(Sweeper sweeper, boolean tellsStatus, Consumer<ExitStatus> onExit) {
		this.sweeper = sweeper;
		this.tellsStatus = tellsStatus;
		this.onExit = onExit;
	}

	/** The pidfd is ready, on the event loop. */
	void ready(PidfdPin pin, int events) {
		ExitStatus status = pin.pidfd().exitStatus();
		if (status != null || !this.tellsStatus || (events & LinuxC.EPOLLHUP) != 0) {
			tell(pin, status);
		}
		else if (!this.zombieSeen) {
			this.zombieSeen = true;
			waitForReaping(pin);
		}
	}

	private void waitForReaping(PidfdPin pin) {
		try {
			pin.onlyHangUp();
			this.sweeper.schedule(this.sweeper.nanoTime() + PATIENCE_NANOS, () -> tell(pin, pin.pidfd().exitStatus()));
		}
		catch (ErrnoException ex) {
			tell(pin, null);
		}
	}

	private void tell(PidfdPin pin, @Nullable ExitStatus status) {
		if (this.told.compareAndSet(false, true)) {
			boolean wanted = pin.isOpen();
			pin.close();
			if (wanted) {
				this.onExit.accept((status != null) ? status : ExitStatus.UNKNOWN);
			}
		}
	}

}
