package dev.sysprims.supervisor;

import dev.sysprims.os.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a supervisor when the JVM ends in order ({@code SIGTERM}, {@code exit}) and
 * nobody has done so before. A JVM that is killed runs no hook.
 */
final class ShutdownHook {

	private static final Logger logger = LoggerFactory.getLogger(ShutdownHook.class);

	private final Thread thread;

	private ShutdownHook(Thread thread) {
		this.thread = thread;
	}

	static ShutdownHook register(Runnable close) {
		ShutdownHook hook = new ShutdownHook(DaemonThreads.create("sysprims-shutdown", close));
		try {
			Runtime.getRuntime().addShutdownHook(hook.thread);
		}
		catch (IllegalStateException ex) {
			logger.debug("The JVM is ending already: this supervisor has to be closed by its owner.", ex);
		}
		return hook;
	}

	void remove() {
		try {
			Runtime.getRuntime().removeShutdownHook(this.thread);
		}
		catch (IllegalStateException ex) {
			logger.debug("The JVM is ending: the hook has run or will find nothing left to do.", ex);
		}
	}

}
