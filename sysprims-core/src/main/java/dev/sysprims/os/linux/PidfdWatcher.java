package dev.sysprims.os.linux;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;

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
import dev.sysprims.os.posix.Kill;
import org.jspecify.annotations.Nullable;

/**
 * Pins processes and watches their exit by pidfd; by polling, with a warning, where the
 * system refuses one.
 */
final class PidfdWatcher implements ChildWatcher {

	private final EpollLoop loop;

	private final Sweeper sweeper;

	private final LongFunction<@Nullable ProcessEntry> entries;

	private final PidfdOpener opener;

	private final boolean tellsStatus;

	/**
	 * A watcher.
	 * @param loop where the descriptors are watched
	 * @param sweeper whose timers are used
	 * @param entries the line of a process now
	 * @param opener opens pidfds
	 * @param tellsStatus whether the kernel says how a stranger has ended
	 */
	PidfdWatcher(EpollLoop loop, Sweeper sweeper, LongFunction<@Nullable ProcessEntry> entries, PidfdOpener opener,
			boolean tellsStatus) {
		this.loop = loop;
		this.sweeper = sweeper;
		this.entries = entries;
		this.opener = opener;
		this.tellsStatus = tellsStatus;
	}

	@Override
	public PinnedProcess watch(long pid, BooleanSupplier exitTaken) {
		try {
			Pidfd pidfd = this.opener.open(pid);
			return PidfdPin.watch(pidfd, this.loop, (pin, events) -> {
				pin.close();
				// A debugger that traces the child gets its status first: then there is
				// none for us yet although the event says so.
				if (!exitTaken.getAsBoolean()) {
					ExitPoll.start(this.sweeper, exitTaken);
				}
			});
		}
		catch (ErrnoException ex) {
			// Its owner reaps it only when its exit was taken, so that the number is
			// safe.
			return new PolledPin(warning(pid, ex), (signal) -> Kill.process(pid, signal),
					ExitPoll.start(this.sweeper, exitTaken));
		}
	}

	/** Pins a process that need not be a child of this JVM. */
	PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit) {
		Pidfd pidfd;
		try {
			pidfd = this.opener.open(key.pid());
		}
		catch (ErrnoException ex) {
			return (ex.errno() == Errno.ESRCH) ? gone(SignalOutcome.GONE, onExit) : poll(key, onExit, ex);
		}
		try {
			// Only now: whoever has the number from here on is pinned.
			SignalOutcome other = other(key);
			if (other != null) {
				pidfd.close();
				return gone(other, onExit);
			}
			StrangersExit exit = new StrangersExit(this.sweeper, this.tellsStatus, onExit);
			return PidfdPin.watch(pidfd, this.loop, exit::ready);
		}
		catch (ErrnoException ex) {
			return poll(key, onExit, ex);
		}
		catch (RuntimeException | Error ex) {
			pidfd.close();
			throw ex;
		}
	}

	/** Why it is not that process any more, or null when it is. */
	private @Nullable SignalOutcome other(ProcessKey key) {
		ProcessEntry entry = this.entries.apply(key.pid());
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
			ProcessEntry entry = this.entries.apply(key.pid());
			boolean there = entry != null && entry.key().equals(key);
			if (there && !entry.ended()) {
				return false;
			}
			onExit.accept(there ? ChildWait.statusOfZombie(key.pid()) : ExitStatus.UNKNOWN);
			return true;
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

	/** Opens pidfds; a seam for systems that refuse. */
	@FunctionalInterface
	interface PidfdOpener {

		Pidfd open(long pid) throws ErrnoException;

	}

}
