package dev.sysprims.os.linux;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ObjIntConsumer;

import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A process pinned by a pidfd in the event loop, which is readable once it has exited.
 */
final class PidfdPin implements PinnedProcess {

	private final ReentrantLock lock = new ReentrantLock();

	private final Pidfd pidfd;

	private EpollLoop.@Nullable EpollWatch watch;

	private PidfdPin(Pidfd pidfd) {
		this.pidfd = pidfd;
	}

	/**
	 * Begins to watch.
	 * @param pidfd owned by the pin from here on, closed if this fails
	 * @param loop where it is watched
	 * @param events for which events
	 * @param ready given the pin and epoll's events, on the loop, until it is closed
	 * @return the pin
	 * @throws ErrnoException when the system refuses the watch
	 */
	static PidfdPin watch(Pidfd pidfd, EpollLoop loop, int events, ObjIntConsumer<PidfdPin> ready)
			throws ErrnoException {
		PidfdPin pin = new PidfdPin(pidfd);
		pin.lock.lock();
		try {
			pin.watch = loop.watch(pidfd.fd(), events, (watch, found) -> pin.whenOpen(ready, found));
			return pin;
		}
		catch (ErrnoException ex) {
			pidfd.close();
			throw ex;
		}
		finally {
			pin.lock.unlock();
		}
	}

	private void whenOpen(ObjIntConsumer<PidfdPin> ready, int events) {
		if (isOpen()) {
			ready.accept(this, events);
		}
	}

	boolean isOpen() {
		this.lock.lock();
		try {
			return this.watch != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	Pidfd pidfd() {
		return this.pidfd;
	}

	/** From now on ready is only told of the hang-up: the process has been reaped. */
	void onlyHangUp() throws ErrnoException {
		this.lock.lock();
		try {
			if (this.watch != null) {
				this.watch.change(0);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		return this.pidfd.signal(signal);
	}

	@Override
	public Optional<String> warning() {
		return Optional.empty();
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			if (this.watch != null) {
				this.watch.cancel();
				this.watch = null;
				this.pidfd.close();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
