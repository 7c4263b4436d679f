package dev.sysprims.os.linux;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

import dev.sysprims.os.DaemonThreads;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.EventLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop on {@code epoll(7)}. The kernel keeps the number of a watch, not the
 * descriptor: an event that was fetched before its watch was cancelled finds nobody, and
 * not the next one with the same descriptor.
 */
final class EpollLoop implements EventLoop {

	private static final Logger logger = LoggerFactory.getLogger(EpollLoop.class);

	private static final int IDLE_MILLIS = 5_000;

	private static final long PAUSE_NANOS = 10_000_000;

	/** Guards starting and stopping against registering. */
	private final ReentrantLock lock = new ReentrantLock();

	private final Map<Long, EpollWatch> watches = new ConcurrentHashMap<>();

	private final Queue<Runnable> tasks = new ArrayDeque<>();

	private final Executor whenStopped;

	private final int idleMillis;

	private @Nullable Epoll epoll;

	private @Nullable Thread thread;

	private long lastId;

	/**
	 * A loop that is not running yet.
	 * @param whenStopped runs tasks when nothing is watched
	 */
	EpollLoop(Executor whenStopped) {
		this(whenStopped, IDLE_MILLIS);
	}

	EpollLoop(Executor whenStopped, int idleMillis) {
		this.whenStopped = whenStopped;
		this.idleMillis = idleMillis;
	}

	@Override
	public Watch watch(int fd, Readiness readiness, Consumer<Watch> whenReady) throws ErrnoException {
		return watch(fd, events(readiness), (watch, events) -> whenReady.accept(watch));
	}

	@Override
	public Watch watchOnce(int fd, Readiness readiness, Consumer<Watch> whenReady) throws ErrnoException {
		return watch(fd, events(readiness) | LinuxC.EPOLLONESHOT, (watch, events) -> whenReady.accept(watch));
	}

	/**
	 * Watches in epoll's own terms.
	 * @param fd the descriptor, open until the watch is cancelled
	 * @param events for which events; errors and hang-ups come in any case
	 * @param handler given the watch and the events
	 * @return the watch
	 * @throws ErrnoException when the system refuses it
	 */
	EpollWatch watch(int fd, int events, ObjIntConsumer<EpollWatch> handler) throws ErrnoException {
		this.lock.lock();
		try {
			Epoll running = running();
			EpollWatch watch = new EpollWatch(++this.lastId, fd, events, handler);
			this.watches.put(watch.id, watch);
			try {
				running.control(LinuxC.EPOLL_CTL_ADD, fd, events, watch.id);
			}
			catch (ErrnoException ex) {
				this.watches.remove(watch.id);
				running.wake(); // it may have begun to wait for ever
				throw ex;
			}
			return watch;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void execute(Runnable task) {
		this.lock.lock();
		try {
			if (this.epoll != null) {
				this.tasks.add(task);
				this.epoll.wake();
				return;
			}
		}
		finally {
			this.lock.unlock();
		}
		this.whenStopped.execute(task);
	}

	/** Whether there is a thread and are descriptors. */
	boolean isRunning() {
		this.lock.lock();
		try {
			return this.epoll != null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private Epoll running() throws ErrnoException {
		if (this.epoll != null) {
			return this.epoll;
		}
		Epoll fresh = openWithAll();
		try {
			this.thread = DaemonThreads.create("sysprims-events", () -> run(fresh));
			this.thread.start();
		}
		catch (OutOfMemoryError ex) {
			// What Thread.start throws when pthread_create fails with EAGAIN.
			fresh.close();
			throw new ErrnoException("Starting the event thread", Errno.EAGAIN);
		}
		this.epoll = fresh;
		return fresh;
	}

	private void run(Epoll first) {
		Epoll epoll = first;
		while (epoll != null) {
			try {
				int count = epoll.await(this.watches.isEmpty() ? this.idleMillis : -1);
				dispatch(epoll, count);
				takeTasks().forEach(EpollLoop::guarded);
				if (count == 0 && tryStop(epoll)) {
					return;
				}
			}
			catch (ErrnoException ex) {
				logger.error("The descriptor of the event loop was closed by other code in this JVM.", ex);
				epoll = reopened();
			}
		}
	}

	private void dispatch(Epoll epoll, int count) {
		for (int i = 0; i < count; i++) {
			EpollWatch watch = this.watches.get(epoll.id(i));
			int events = epoll.events(i);
			if (watch != null) {
				guarded(() -> watch.handler.accept(watch, events));
			}
		}
	}

	/** The old descriptors are not closed: their numbers belong to somebody else. */
	private @Nullable Epoll reopened() {
		this.lock.lock();
		try {
			this.epoll = null;
			Epoll fresh = openWithAll();
			this.epoll = fresh;
			return fresh;
		}
		catch (ErrnoException ex) {
			logger.error("The event loop cannot go on: exits and output of jobs will not be seen.", ex);
			this.tasks.forEach(this.whenStopped::execute);
			this.tasks.clear();
			return null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Everything that is watched is in it from the start: there is something after a
	 * failure.
	 */
	private Epoll openWithAll() throws ErrnoException {
		Epoll fresh = Epoll.open();
		for (EpollWatch watch : this.watches.values()) {
			try {
				fresh.control(LinuxC.EPOLL_CTL_ADD, watch.fd, watch.events, watch.id);
			}
			catch (ErrnoException ex) {
				logger.error("Descriptor {} was closed by other code in this JVM.", watch.fd, ex);
			}
		}
		return fresh;
	}

	private List<Runnable> takeTasks() {
		this.lock.lock();
		try {
			List<Runnable> taken = this.tasks.isEmpty() ? List.of() : new ArrayList<>(this.tasks);
			this.tasks.clear();
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean tryStop(Epoll epoll) {
		this.lock.lock();
		try {
			if (!this.watches.isEmpty() || !this.tasks.isEmpty()) {
				return false;
			}
			this.epoll = null;
			epoll.close();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void guarded(Runnable handler) {
		try {
			handler.run();
		}
		catch (RuntimeException | Error ex) {
			logger.error("A handler of the event loop failed. This is a fault of the library; please report it.", ex);
			// Its descriptor is probably still ready: do not burn the processor over it.
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private static int events(Readiness readiness) {
		return (readiness == Readiness.READ) ? LinuxC.EPOLLIN : LinuxC.EPOLLOUT;
	}

	/** A descriptor in the epoll set. */
	final class EpollWatch implements Watch {

		private final long id;

		private final int fd;

		/** Guarded by the loop's lock. */
		private int events;

		private final ObjIntConsumer<EpollWatch> handler;

		private EpollWatch(long id, int fd, int events, ObjIntConsumer<EpollWatch> handler) {
			this.id = id;
			this.fd = fd;
			this.events = events;
			this.handler = handler;
		}

		@Override
		public void again() throws ErrnoException {
			EpollLoop.this.lock.lock();
			try {
				change(this.events);
			}
			finally {
				EpollLoop.this.lock.unlock();
			}
		}

		/** From now on only for these events, errors and hang-ups. */
		void change(int events) throws ErrnoException {
			EpollLoop.this.lock.lock();
			try {
				if (EpollLoop.this.epoll != null && EpollLoop.this.watches.containsKey(this.id)) {
					EpollLoop.this.epoll.control(LinuxC.EPOLL_CTL_MOD, this.fd, events, this.id);
					this.events = events;
				}
			}
			finally {
				EpollLoop.this.lock.unlock();
			}
		}

		@Override
		public void cancel() {
			EpollLoop.this.lock.lock();
			try {
				Epoll epoll = EpollLoop.this.epoll;
				if (EpollLoop.this.watches.remove(this.id) == null || epoll == null) {
					return;
				}
				epoll.remove(this.fd);
				if (EpollLoop.this.watches.isEmpty() && Thread.currentThread() != EpollLoop.this.thread) {
					// So that it begins to count how long it is idle.
					epoll.wake();
				}
			}
			finally {
				EpollLoop.this.lock.unlock();
			}
		}

	}

}
