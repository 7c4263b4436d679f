package dev.sysprims.os;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sweeper as a daemon thread. Its queue carries the deadlines too: a job with a
 * timeout costs an entry there and nothing else. The thread ends when it had nothing to
 * do for a while and nobody has asked it to stay, and starts again when needed.
 */
public final class SweeperThread implements Sweeper {

	private static final Logger logger = LoggerFactory.getLogger(SweeperThread.class);

	private static final long KEEP_ALIVE_SECONDS = 5;

	private final Supplier<ProcessTable> reader;

	private final ScheduledThreadPoolExecutor thread;

	private final List<ScanRequest> waiting = new ArrayList<>();

	/** How many have asked it to stay; guarded by {@link #thread}. */
	private int staying;

	/**
	 * A sweeper over this process table.
	 * @param reader reads the table; may throw {@link SysprimsException}
	 */
	public SweeperThread(Supplier<ProcessTable> reader) {
		this.reader = reader;
		this.thread = new ScheduledThreadPoolExecutor(1, (task) -> DaemonThreads.create("sysprims-sweeper", task));
		this.thread.setRemoveOnCancelPolicy(true);
		this.thread.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
		// The last worker stays while the queue holds a deadline, so that none is missed.
		this.thread.allowCoreThreadTimeOut(true);
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Instant now() {
		return Instant.now();
	}

	@Override
	public void execute(Runnable task) {
		this.thread.execute(guarded(task));
	}

	@Override
	public Runnable schedule(long nanoTime, Runnable task) {
		ScheduledFuture<?> scheduled = this.thread.schedule(guarded(task), nanoTime - System.nanoTime(),
				TimeUnit.NANOSECONDS);
		return () -> scheduled.cancel(false);
	}

	@Override
	public Runnable stay() {
		changeStaying(1);
		return () -> changeStaying(-1);
	}

	private void changeStaying(int by) {
		synchronized (this.thread) {
			boolean before = this.staying > 0;
			this.staying += by;
			boolean stays = this.staying > 0;
			if (stays == before) {
				return;
			}
			this.thread.allowCoreThreadTimeOut(!stays);
			if (stays) {
				try {
					this.thread.prestartCoreThread();
				}
				catch (OutOfMemoryError ex) {
					// "unable to create native thread": the next task tries again.
					logger.debug("There is no thread for the sweeper now.", ex);
				}
			}
		}
	}

	@Override
	public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
		boolean first;
		synchronized (this.waiting) {
			first = this.waiting.isEmpty();
			this.waiting.add(new ScanRequest(reader, failed));
		}
		if (first) {
			// Behind the tasks already queued: whoever of them asks too shares this scan.
			execute(this::scanNow);
		}
	}

	private void scanNow() {
		List<ScanRequest> served;
		synchronized (this.waiting) {
			served = List.copyOf(this.waiting);
			this.waiting.clear();
		}
		ProcessTable table;
		try {
			table = this.reader.get();
		}
		catch (RuntimeException ex) {
			SysprimsException reason = (ex instanceof SysprimsException known) ? known : new SysprimsException(
					ErrorKind.SYSTEM, "The process table could not be read: " + ex.getMessage(), ex);
			served.forEach((request) -> guarded(() -> request.failed.accept(reason)).run());
			return;
		}
		served.forEach((request) -> guarded(() -> request.reader.accept(table)).run());
	}

	private static Runnable guarded(Runnable task) {
		return () -> {
			try {
				task.run();
			}
			catch (RuntimeException | Error ex) {
				logger.error("A task of the sweeper failed. This is a fault of the library; please report it.", ex);
			}
		};
	}

	private record ScanRequest(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {

	}

}
