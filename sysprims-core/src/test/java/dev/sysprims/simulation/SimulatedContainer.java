package dev.sysprims.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.MemoryAccount;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/** What the simulated kernel holds a tree in: forks stay inside. */
public final class SimulatedContainer implements KernelContainer {

	private final SimulatedSystem system;

	private final List<Runnable> watchers = new ArrayList<>();

	private boolean killsAtOnce = true;

	private boolean readable = true;

	private boolean toBeRemoved;

	private boolean removed;

	private @Nullable MemoryAccount memory;

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

	/** From now on the kernel counts its memory. */
	public SimulatedContainer countingMemory(long peakKb) {
		this.memory = new MemoryAccount(0, peakKb);
		return this;
	}

	/** The kernel ends a member for lack of memory. */
	public void endForLackOfMemory(SimulatedProcess victim) {
		MemoryAccount before = Objects.requireNonNull(this.memory);
		this.memory = new MemoryAccount(before.kills() + 1, before.peakKb());
		victim.killedByTheKernel();
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
		return this.system.processes()
			.stream()
			.filter((p) -> p.container() == this && p.isAlive() && !p.isExiting())
			.toList();
	}

	@Override
	public List<ProcessEntry> members() {
		if (!this.readable) {
			throw new SysprimsException(ErrorKind.SYSTEM, "cgroup.procs: EIO");
		}
		this.system.proc().requireLinesReadable();
		return living().stream().map(SimulatedProcess::entry).toList();
	}

	@Override
	public boolean isOutside(ProcessKey key) {
		return this.system.processes()
			.stream()
			.anyMatch((process) -> process.key().equals(key) && process.isAlive() && process.container() != this);
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
	public @Nullable MemoryAccount memory() {
		if (this.removed) {
			throw new IllegalStateException("It is asked for too late");
		}
		if (!this.readable) {
			throw new SysprimsException(ErrorKind.SYSTEM, "memory.events: EIO");
		}
		return this.memory;
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
