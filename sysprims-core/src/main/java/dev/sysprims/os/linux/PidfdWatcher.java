package dev.sysprims.os.linux;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.posix.ChildWait;
import dev.sysprims.os.posix.ChildWatcher;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.ExitPoll;
import dev.sysprims.os.posix.HeldChild;
import dev.sysprims.os.posix.Kill;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Pins processes and watches their exit by pidfd; by polling, with a warning, where the
 * system refuses one.
 */
final class PidfdWatcher implements ChildWatcher {

	private final EpollLoop loop;

	private final Sweeper sweeper;

	private final LinuxProcesses processes;

	private final PidfdSupport pidfds;

	/**
	 * A watcher.
	 * @param loop where the descriptors are watched
	 * @param sweeper whose timers are used
	 * @param processes tells which process has a number
	 * @param pidfds opens them
	 */
	PidfdWatcher(EpollLoop loop, Sweeper sweeper, LinuxProcesses processes, PidfdSupport pidfds) {
		this.loop = loop;
		this.sweeper = sweeper;
		this.processes = processes;
		this.pidfds = pidfds;
	}

	@Override
	public @Nullable HeldChild hold(long pid) {
		Pidfd pidfd = null;
		ErrnoException refused = null;
		try {
			pidfd = this.pidfds.open(pid);
		}
		catch (ErrnoException ex) {
			refused = ex;
		}
		ProcessIdentity identity = null;
		try {
			identity = this.processes.identifyChild(pid, (pidfd != null) ? this.pidfds.inode(pidfd) : null);
			return (identity != null) ? new PidfdChild(identity, pidfd, refused) : null;
		}
		finally {
			if (identity == null && pidfd != null) {
				pidfd.close();
			}
		}
	}

	/** Pins a process that need not be a child of this JVM. */
	PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit) {
		Pidfd pidfd;
		try {
			pidfd = this.pidfds.open(key.pid());
		}
		catch (ErrnoException ex) {
			return (ex.errno() == Errno.ESRCH) ? gone(SignalOutcome.GONE, onExit) : poll(key, onExit, ex);
		}
		try {
			// Only now: whoever has the number from here on is pinned.
			SignalOutcome other = other(key);
			if (other != null && other != SignalOutcome.NOT_PERMITTED) {
				pidfd.close();
				return gone(other, onExit);
			}
			StrangersExit exit = new StrangersExit(this.sweeper, this.pidfds.tellsStatus(), onExit);
			PidfdPin pin = PidfdPin.watch(pidfd, this.loop, LinuxC.EPOLLIN, exit::ready);
			return (other != null) ? new HiddenPin(pin) : pin;
		}
		catch (ErrnoException ex) {
			return poll(key, onExit, ex);
		}
		catch (RuntimeException | Error ex) {
			pidfd.close();
			throw ex;
		}
	}

	/**
	 * Why it may not be signalled: it is not that process any more, or hidden so that
	 * nobody can tell; else null.
	 */
	private @Nullable SignalOutcome other(ProcessKey key) {
		ProcessEntry entry;
		try {
			entry = this.processes.entry(key.pid());
		}
		catch (PermissionDeniedException ex) {
			return SignalOutcome.NOT_PERMITTED;
		}
		if (entry == null) {
			return SignalOutcome.GONE;
		}
		return entry.key().equals(key) ? null : SignalOutcome.REUSED;
	}

	private PinnedProcess gone(SignalOutcome why, Consumer<ExitStatus> onExit) {
		GonePin pin = new GonePin(why);
		this.loop.execute(() -> pin.tell(onExit));
		return pin;
	}

	private PinnedProcess poll(ProcessKey key, Consumer<ExitStatus> onExit, ErrnoException cause) {
		ExitPoll poll = ExitPoll.start(this.sweeper, () -> {
			ProcessEntry entry;
			try {
				entry = this.processes.entry(key.pid());
			}
			catch (SysprimsException ex) {
				return false; // it cannot be looked at, which is no exit
			}
			if (entry == null || !entry.key().equals(key)) {
				onExit.accept(ExitStatus.UNKNOWN);
				return true;
			}
			if (entry.ended()) {
				onExit.accept(ChildWait.statusOfZombie(key.pid()));
			}
			return entry.ended();
		});
		return new PolledPin(warning(key.pid(), cause), (signal) -> {
			SignalOutcome other = other(key);
			return (other != null) ? other : Kill.process(key.pid(), signal);
		}, poll);
	}

	private static String warning(long pid, ErrnoException cause) {
		return "The exit of process " + pid + " is polled for, every 50 ms at most, because " + cause.getMessage()
				+ ": it is seen later, and a signal to it is checked but not pinned.";
	}

	/**
	 * A child of this JVM. Its owner reaps it only when its exit was taken, so that its
	 * number is safe where it has to be signalled by that.
	 */
	private final class PidfdChild implements HeldChild {

		private final ProcessIdentity identity;

		private final @Nullable ErrnoException refused;

		/** Until it is watched; null too when there is none. */
		private @Nullable Pidfd pidfd;

		PidfdChild(ProcessIdentity identity, @Nullable Pidfd pidfd, @Nullable ErrnoException refused) {
			this.identity = identity;
			this.pidfd = pidfd;
			this.refused = refused;
		}

		@Override
		public ProcessIdentity identity() {
			return this.identity;
		}

		@Override
		public PinnedProcess watch(BooleanSupplier exitTaken) {
			Pidfd owned = this.pidfd;
			if (owned == null) {
				return poll(exitTaken, Objects.requireNonNull(this.refused));
			}
			this.pidfd = null;
			try {
				// Once: the pin is closed when the child is reaped, which is not here,
				// where others wait for the next event.
				return PidfdPin.watch(owned, PidfdWatcher.this.loop, LinuxC.EPOLLIN | LinuxC.EPOLLONESHOT,
						(pin, events) -> take(exitTaken));
			}
			catch (ErrnoException ex) {
				return poll(exitTaken, ex);
			}
		}

		private void take(BooleanSupplier exitTaken) {
			// A debugger that traces the child gets its status first: then there is
			// none for us yet although the event says so.
			if (!exitTaken.getAsBoolean()) {
				ExitPoll.start(PidfdWatcher.this.sweeper, exitTaken);
			}
		}

		private PinnedProcess poll(BooleanSupplier exitTaken, ErrnoException cause) {
			long pid = this.identity.pid();
			return new PolledPin(warning(pid, cause), (signal) -> Kill.process(pid, signal),
					ExitPoll.start(PidfdWatcher.this.sweeper, exitTaken));
		}

		@Override
		public void close() {
			if (this.pidfd != null) {
				this.pidfd.close();
			}
		}

	}

}
