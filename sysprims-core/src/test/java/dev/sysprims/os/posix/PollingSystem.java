package dev.sysprims.os.posix;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongFunction;

import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/** A system without events: exits are polled for, and no descriptor can be watched. */
record PollingSystem(Sweeper sweeper,
		LongFunction<@Nullable ProcessIdentity> identities) implements ChildWatcher, EventLoop {

	@Override
	public @Nullable HeldChild hold(long pid) {
		ProcessIdentity identity = this.identities.apply(pid);
		if (identity == null) {
			return null;
		}
		return new HeldChild() {

			@Override
			public ProcessIdentity identity() {
				return identity;
			}

			@Override
			public PinnedProcess watch(BooleanSupplier exitTaken) {
				return poll(pid, exitTaken);
			}

			@Override
			public void close() {
				// Holds nothing.
			}

		};
	}

	private PinnedProcess poll(long pid, BooleanSupplier exitTaken) {
		ExitPoll poll = ExitPoll.start(this.sweeper, exitTaken);
		return new PinnedProcess() {

			@Override
			public SignalOutcome signal(Signal signal) {
				return Kill.process(pid, signal);
			}

			@Override
			public Optional<String> warning() {
				return Optional.empty();
			}

			@Override
			public void close() {
				poll.cancel();
			}

		};
	}

	@Override
	public Watch watch(int fd, Readiness readiness, Consumer<Watch> whenReady) throws ErrnoException {
		throw new ErrnoException("epoll_create1", Errno.EMFILE);
	}

	@Override
	public Watch watchOnce(int fd, Readiness readiness, Consumer<Watch> whenReady) throws ErrnoException {
		throw new ErrnoException("epoll_create1", Errno.EMFILE);
	}

	@Override
	public void execute(Runnable task) {
		this.sweeper.execute(task);
	}

}
