package dev.sysprims.os.linux;

import java.util.concurrent.locks.ReentrantLock;

import dev.sysprims.os.Sweeper;
import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.ExitPoll;
import org.jspecify.annotations.Nullable;

/**
 * Watches {@code cgroup.events} until it says that no member lives. The kernel holds the
 * event back while the last one is younger than 10 ms, keeps it up until the file is
 * read, and tells nothing when the directory is removed. Thread-safe.
 */
final class CgroupWatch {

	private static final String EVENTS = "cgroup.events";

	private final ReentrantLock lock = new ReentrantLock();

	private final Runnable changed;

	private int fd;

	private EpollLoop.@Nullable EpollWatch watch;

	private CgroupWatch(int fd, Runnable changed) {
		this.fd = fd;
		this.changed = changed;
	}

	/**
	 * Begins to watch.
	 * @param changed told when it is empty
	 * @return ends the watch
	 */
	static Runnable start(CgroupDirectory directory, EpollLoop loop, Sweeper sweeper, Runnable changed) {
		CgroupWatch started = null;
		try {
			started = new CgroupWatch(directory.open(EVENTS, LinuxC.O_RDONLY), changed);
			started.watch(loop);
			return started::end;
		}
		catch (ErrnoException ex) {
			if (started != null) {
				started.end();
			}
			// No descriptor is left, or it was removed: empty then.
			return ExitPoll.start(sweeper, () -> pollEmpty(directory, changed))::cancel;
		}
	}

	private static boolean pollEmpty(CgroupDirectory directory, Runnable changed) {
		try {
			if (directory.isPopulated()) {
				return false;
			}
		}
		catch (ErrnoException ex) {
			return false;
		}
		changed.run();
		return true;
	}

	private void watch(EpollLoop loop) throws ErrnoException {
		this.lock.lock();
		try {
			// An event comes at once, because the file was not read since it was opened.
			this.watch = loop.watch(this.fd, LinuxC.EPOLLPRI, (watch, events) -> ready());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void ready() {
		if (isEmpty()) {
			this.changed.run();
		}
	}

	private boolean isEmpty() {
		this.lock.lock();
		try {
			if (this.fd == -1) {
				return false;
			}
			return !CgroupDirectory.isPopulated(CgroupDirectory.read(this.fd, EVENTS));
		}
		catch (ErrnoException ex) {
			// It was removed by somebody else, which needs it to be empty.
			end();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void end() {
		this.lock.lock();
		try {
			if (this.watch != null) {
				this.watch.cancel();
			}
			Descriptors.close(this.fd);
			this.fd = -1;
		}
		finally {
			this.lock.unlock();
		}
	}

}
