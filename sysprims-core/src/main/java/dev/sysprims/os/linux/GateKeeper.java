package dev.sysprims.os.linux;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.sysprims.os.DaemonThreads;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.JobContainer;
import dev.sysprims.os.posix.NotContainedException;
import org.jspecify.annotations.Nullable;

/**
 * The thread at a gate: the one that spawns sleeps in the call until its child has passed
 * or died. It acts only while the child waits, when its number cannot pass to another
 * process, and in any case ends the wait.
 */
final class GateKeeper implements Runnable {

	/** Children that end while the list is read make the kernel lose its place in it. */
	private static final int READS = 100;

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(20);

	private final LeaseGate gate;

	private final WaitingChild child;

	private final long patienceNanos;

	private final Thread thread;

	private volatile @Nullable Visit visit;

	private volatile boolean ended;

	/**
	 * Starts to keep a gate.
	 * @param gate the gate
	 * @param children the list of children of the thread that spawns, owned by this
	 * @param patienceNanos how long the kernel lets a child wait there
	 */
	GateKeeper(LeaseGate gate, int children, long patienceNanos) throws ErrnoException {
		this.gate = gate;
		this.patienceNanos = patienceNanos;
		this.child = new WaitingChild(children);
		this.thread = DaemonThreads.create("sysprims-gate", this);
		try {
			this.thread.start();
		}
		catch (OutOfMemoryError ex) {
			// What Thread.start throws when pthread_create fails with EAGAIN.
			throw new ErrnoException("Starting the thread that moves children", Errno.EAGAIN);
		}
	}

	/** A child comes now; to be followed by {@link #admitted()}. */
	void expect(JobContainer container) {
		this.visit = new Visit(container);
		LockSupport.unpark(this.thread);
	}

	/**
	 * Whom it let in, once the spawn call has returned. Not interruptible: the flag is
	 * kept.
	 * @return the pid
	 * @throws NotContainedException when it let nobody in
	 */
	int admitted() throws NotContainedException {
		Visit over = this.visit;
		if (over == null) {
			throw new IllegalStateException("Nobody was expected.");
		}
		over.returned = true;
		LockSupport.unpark(this.thread);
		boolean interrupted = false;
		while (true) {
			try {
				over.done.await();
				break;
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		this.visit = null;
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		if (over.refusal != null) {
			throw new NotContainedException(over.refusal);
		}
		return over.pid;
	}

	boolean hasEnded() {
		return this.ended;
	}

	void end() {
		this.ended = true;
		LockSupport.unpark(this.thread);
	}

	@Override
	public void run() {
		try {
			// Else the kernel makes each pause 50 µs longer, to wake fewer times.
			LinuxC.prctl(LinuxC.PR_SET_TIMERSLACK, 1, 0, 0, 0);
			Visit last = null;
			while (!this.ended) {
				Visit next = this.visit;
				if (next == null || next == last) {
					LockSupport.park(this);
					continue;
				}
				attend(next);
				last = next;
			}
		}
		finally {
			this.ended = true;
			this.gate.closeDescriptors();
			this.child.close();
		}
	}

	private void attend(Visit visit) {
		try {
			long begun = System.nanoTime();
			if (await(visit)) {
				visit.pid = admit(visit.container, begun);
				this.gate.permit();
			}
			else {
				visit.refusal = "the child did not get as far as to where it waits to be moved";
			}
		}
		catch (ErrnoException ex) {
			visit.refusal = String.valueOf(ex.getMessage());
		}
		catch (RuntimeException | Error ex) {
			visit.refusal = "moving it failed: " + ex;
		}
		finally {
			this.gate.release();
			visit.done.countDown();
		}
	}

	private boolean await(Visit visit) {
		while (!this.gate.isKnockedAt()) {
			if (visit.returned) {
				return false;
			}
			// Not spinning, nor yielding: the child may have been born on this processor,
			// and then does not get to run for as long (measured: 2.3 ms for 0.1).
			LockSupport.parkNanos(this, PAUSE_NANOS);
		}
		return true;
	}

	private int admit(JobContainer container, long begun) throws ErrnoException {
		for (int read = 1;; read++) {
			int pid = this.child.find();
			// After this it might have given up waiting before it was looked for, and the
			// newest child be an earlier one.
			if (System.nanoTime() - begun >= this.patienceNanos) {
				throw new ErrnoException("Moving the child within fs.lease-break-time", Errno.ETIMEDOUT);
			}
			try {
				container.admit(pid);
				return pid;
			}
			catch (ErrnoException ex) {
				if (ex.errno() != Errno.ESRCH || read == READS) {
					throw ex;
				}
			}
		}
	}

	/** One spawn. */
	private static final class Visit {

		private final JobContainer container;

		private final CountDownLatch done = new CountDownLatch(1);

		private volatile boolean returned;

		/** Both published by the latch. */
		private int pid;

		private @Nullable String refusal;

		Visit(JobContainer container) {
			this.container = container;
		}

	}

}
