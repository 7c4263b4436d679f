package dev.sysprims.schedule;

import dev.sysprims.os.ProcessKey;
import dev.sysprims.simulation.SimulatedContainer;
import dev.sysprims.simulation.SimulatedProcess;
import org.jspecify.annotations.Nullable;

/** A process of the world, and what is true of it whatever anybody can see. */
final class Actor {

	private final SimulatedProcess process;

	private final @Nullable ScheduledJob job;

	private final @Nullable Actor parent;

	private final long born;

	private boolean wiped;

	private boolean pipesClosed;

	private boolean movedOut;

	/**
	 * A new process.
	 * @param process the process
	 * @param job whose member it is, or null for somebody else's
	 * @param parent who forked it, or null
	 * @param born the moment
	 */
	Actor(SimulatedProcess process, @Nullable ScheduledJob job, @Nullable Actor parent, long born) {
		this.process = process;
		this.job = job;
		this.parent = parent;
		this.born = born;
		if (parent != null) {
			this.wiped = parent.wiped;
			this.pipesClosed = parent.pipesClosed;
			this.movedOut = parent.movedOut;
		}
	}

	SimulatedProcess process() {
		return this.process;
	}

	@Nullable ScheduledJob job() {
		return this.job;
	}

	@Nullable Actor parent() {
		return this.parent;
	}

	long born() {
		return this.born;
	}

	ProcessKey key() {
		return this.process.key();
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	void wipe() {
		this.wiped = true;
		this.process.wipe();
	}

	void closePipes() {
		this.pipesClosed = true;
		this.process.closePipes();
	}

	void moveOut() {
		this.movedOut = true;
		this.process.moveOut();
	}

	/** Has something in its hands that only its job was given. */
	boolean carries() {
		return !this.wiped || !this.pipesClosed;
	}

	/** The kernel holds it, and says so. */
	boolean isHeld() {
		SimulatedContainer container = this.process.container();
		return container != null && container.isReadable();
	}

	boolean hasMovedOut() {
		return this.movedOut;
	}

	@Override
	public String toString() {
		return "process " + key().pid() + "/" + key().start() + " (group " + this.process.pgid() + ", session "
				+ this.process.sid() + (this.process.container() != null ? ", contained" : "")
				+ (carries() ? "" : ", carries nothing") + (isAlive() ? ", alive)" : ")");
	}

}
