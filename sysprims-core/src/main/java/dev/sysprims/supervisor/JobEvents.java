package dev.sysprims.supervisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners what happens to one job, in order. One that throws or blocks holds up
 * no end of a job.
 */
final class JobEvents {

	private static final Logger logger = LoggerFactory.getLogger(JobEvents.class);

	private final List<JobListener> listeners;

	/** Who is told instead of the first of the listeners; these are never removed. */
	private final List<JobListener> appointed;

	private final Executor serial;

	private JobEvents(List<JobListener> listeners, List<JobListener> appointed, Executor serial) {
		this.listeners = listeners;
		this.appointed = appointed;
		this.serial = serial;
	}

	/**
	 * Asks every listener, on this thread, who is to be told about a job that is about to
	 * start.
	 * @param spec what is started
	 * @param listeners those of the supervisor, which may become more meanwhile
	 * @param serial the job's own order
	 * @return tells them, and those that come later
	 */
	static JobEvents starting(JobSpec spec, List<JobListener> listeners, Executor serial) {
		List<JobListener> appointed = new ArrayList<>();
		for (JobListener listener : listeners) {
			appointed.add(starting(spec, listener));
		}
		return new JobEvents(listeners, List.copyOf(appointed), serial);
	}

	private static JobListener starting(JobSpec spec, JobListener listener) {
		try {
			return Objects.requireNonNull(listener.starting(spec), "JobListener.starting returned null");
		}
		catch (RuntimeException | Error ex) {
			logger.error("A listener failed when '{}' was about to start; it is told the rest itself.", spec.name(),
					ex);
			return listener;
		}
	}

	/**
	 * Tells those who listen now, soon.
	 * @param event what to tell
	 */
	void tell(Consumer<JobListener> event) {
		int index = 0;
		for (JobListener listener : this.listeners) {
			JobListener told = (index < this.appointed.size()) ? this.appointed.get(index) : listener;
			this.serial.execute(() -> event.accept(told));
			index++;
		}
	}

}
