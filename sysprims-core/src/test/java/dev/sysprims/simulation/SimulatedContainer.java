package dev.sysprims.simulation;

import java.util.ArrayList;
import java.util.List;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;

/** What the simulated kernel holds a tree in: forks stay inside. */
public final class SimulatedContainer implements KernelContainer {

	private final SimulatedSystem system;

	private final List<Runnable> watchers = new ArrayList<>();

	private boolean killsAtOnce = true;

	private boolean readable = true;

	private boolean toBeRemoved;

	private boolean removed;

	SimulatedContainer(SimulatedSystem system) {
		this.system = system;
	}

	/** As before Linux 5.14: members have to be killed one by one. */
	public SimulatedContainer withoutKill() {
		this.killsAtOnce = false;
		return this;
	}

	public void unreadable() {
		this.readable = false;
	}

	public boolean isReadable() {
		return this.readable;
	}

	public boolean isRemoved() {
		return this.removed;
	}

	public int watchers() {
		return this.watchers.size();
	}

	@Override
	public boolean isPopulated() {
		if (!this.readable) {
			throw new SysprimsException(ErrorKind.SYSTEM, "cgroup.events: EIO");
		}
		return !living().isEmpty();
	}

	private List<SimulatedProcess> living() {
		return this.system.processes().stream().filter((p) -> p.container() == this && p.isAlive()).toList();
	}

	@Override
	public List<ProcessEntry> members() {
		if (!this.readable) {
			throw new SysprimsException(ErrorKind.SYSTEM, "cgroup.procs: EIO");
		}
		this.system.requireLinesReadable();
		return living().stream().map(SimulatedProcess::entry).toList();
	}

	@Override
	public SignalOutcome kill() {
		if (!this.killsAtOnce) {
			return SignalOutcome.NOT_SUPPORTED;
		}
		living().forEach(SimulatedProcess::killedByTheKernel);
		return SignalOutcome.SENT;
	}

	@Override
	public Runnable watch(Runnable changed) {
		this.watchers.add(changed);
		if (living().isEmpty()) {
			changed();
		}
		return () -> this.watchers.remove(changed);
	}

	/** A process has left it. */
	void changed() {
		if (living().isEmpty()) {
			List.copyOf(this.watchers).forEach(this.system::later);
			this.removed = this.toBeRemoved;
		}
	}

	@Override
	public void remove() {
		if (!living().isEmpty() && this.readable) {
			throw new IllegalStateException("Somebody is inside");
		}
		this.toBeRemoved = true;
		changed();
	}

}
