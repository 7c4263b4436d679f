package dev.sysprims.os.posix;

import java.util.function.Consumer;

/**
 * Tells when descriptors become ready: one daemon thread for all of them, started when
 * the first is watched and ended when none was for a while. Handlers run on that thread,
 * one after the other; they must be short and run no user code. Thread-safe.
 */
public interface EventLoop {

	/** What a descriptor can become ready for; both also end at a hang-up. */
	enum Readiness {

		/** A read would not block. */
		READ,

		/** A write would not block. */
		WRITE

	}

	/**
	 * Watches a descriptor; the handler is called again and again while it is ready.
	 * @param fd the descriptor, open until the watch is cancelled
	 * @param readiness for what
	 * @param whenReady the handler, given the watch
	 * @return the watch
	 * @throws ErrnoException when the system refuses it
	 */
	Watch watch(int fd, Readiness readiness, Consumer<Watch> whenReady) throws ErrnoException;

	/**
	 * Watches a descriptor until it is ready for once; {@link Watch#again()} makes it
	 * once more.
	 * @param fd the descriptor, open until the watch is cancelled
	 * @param readiness for what
	 * @param whenReady the handler, given the watch
	 * @return the watch
	 * @throws ErrnoException when the system refuses it
	 */
	Watch watchOnce(int fd, Readiness readiness, Consumer<Watch> whenReady) throws ErrnoException;

	/**
	 * Runs a task between two handlers; on the sweeper when nothing is watched.
	 * @param task the task
	 */
	void execute(Runnable task);

	/** A descriptor that is watched. */
	interface Watch {

		/**
		 * Once more, for a watch that is told once.
		 * @throws ErrnoException when the system refuses it
		 */
		void again() throws ErrnoException;

		/**
		 * Ends the watch; to be called before the descriptor is closed, because a copy of
		 * it in a child that is being spawned would keep it registered. A handler under
		 * way may still finish. Idempotent.
		 */
		void cancel();

	}

}
