package dev.sysprims.os;

/**
 * Makes the few threads of this library: daemons, with the class loader of this class and
 * not of whoever came first.
 */
public final class DaemonThreads {

	private DaemonThreads() {
	}

	/**
	 * A daemon thread that is not started yet.
	 * @param name its name
	 * @param task what it runs
	 * @return the thread
	 */
	public static Thread create(String name, Runnable task) {
		Thread thread = new Thread(null, task, name, 0, false);
		thread.setDaemon(true);
		thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
		return thread;
	}

}
