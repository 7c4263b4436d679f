package dev.sysprims.supervisor;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Tells listeners what happens to one job, in order. One that throws or blocks holds up
 * no end of a job.
 *
 * @param listeners those of the supervisor, safe to iterate while others are added
 * @param serial the job's own order
 */
record JobEvents(List<JobListener> listeners, Executor serial) {

	/**
	 * Tells those who listen now, soon.
	 * @param event what to tell
	 */
	void tell(Consumer<JobListener> event) {
		for (JobListener listener : this.listeners) {
			this.serial.execute(() -> event.accept(listener));
		}
	}

}
