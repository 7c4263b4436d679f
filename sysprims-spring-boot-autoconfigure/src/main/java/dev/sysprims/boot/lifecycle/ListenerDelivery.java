package dev.sysprims.boot.lifecycle;

import java.time.Duration;

import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;

/**
 * Knows whether the listeners have been told of the end of every job. Listeners are told
 * on an executor, after the end, and what they need (a database, an exporter of traces)
 * must not be destroyed before. The last listener of a supervisor, because each job's
 * events reach the listeners in order. Thread-safe.
 */
public final class ListenerDelivery implements JobListener {

	private final Object monitor = new Object();

	private long outstanding;

	@Override
	public JobListener starting(JobSpec spec) {
		synchronized (this.monitor) {
			this.outstanding++;
		}
		return this;
	}

	@Override
	public void startFailed(JobSpec spec, SysprimsException reason) {
		delivered();
	}

	@Override
	public void ended(Job job, JobResult result) {
		delivered();
	}

	/**
	 * Waits until all have been told. The caller has closed the supervisor, so that no
	 * job comes after.
	 * @param patience how long to wait
	 * @return the number of jobs whose end is still to be told
	 * @throws InterruptedException when interrupted
	 */
	long await(Duration patience) throws InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
		synchronized (this.monitor) {
			long millis = patience.toMillis();
			while (this.outstanding > 0 && millis > 0) {
				this.monitor.wait(millis);
				millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
			}
			return this.outstanding;
		}
	}

	private void delivered() {
		synchronized (this.monitor) {
			this.outstanding--;
			this.monitor.notifyAll();
		}
	}

}
