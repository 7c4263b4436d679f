package dev.sysprims.simulation;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ResourceUsage;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/** A child of the simulated JVM: stays a zombie until it is reaped. */
public final class SimulatedChild implements SpawnedChild {

	private final SimulatedSystem system;

	private final SimulatedProcess process;

	private final @Nullable SimulatedContainer container;

	private final @Nullable String marker;

	private final Set<String> pipes;

	private final AtJvmDeath atJvmDeath;

	private boolean reaped;

	private boolean givenUp;

	SimulatedChild(SimulatedSystem system, SimulatedProcess process, AtJvmDeath atJvmDeath) {
		this.system = system;
		this.process = process;
		this.container = process.container();
		this.marker = process.marker();
		this.pipes = Set.copyOf(process.pipes());
		this.atJvmDeath = atJvmDeath;
	}

	@Override
	public @Nullable SimulatedContainer container() {
		return this.container;
	}

	@Override
	public @Nullable String marker() {
		return this.marker;
	}

	@Override
	public Set<String> pipes() {
		return this.pipes;
	}

	@Override
	public AtJvmDeath atJvmDeath() {
		return this.atJvmDeath;
	}

	public SimulatedProcess process() {
		return this.process;
	}

	@Override
	public ProcessIdentity identity() {
		return this.system.identityOf(this.process.key());
	}

	@Override
	public ProcessKey key() {
		return this.process.key();
	}

	@Override
	public @Nullable Long pgid() {
		return this.process.pid();
	}

	@Override
	public List<String> warnings() {
		return List.of();
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		return this.process.signal(signal);
	}

	@Override
	public SignalOutcome signalGroup(Signal signal) {
		if (this.reaped) {
			return SignalOutcome.GONE;
		}
		List<SignalOutcome> outcomes = this.system.processes()
			.stream()
			.filter((member) -> member.pgid() == this.process.pid())
			.toList()
			.stream()
			.map((member) -> member.signal(signal))
			.toList();
		// Like kill(2): it succeeds when at least one could be signalled.
		if (outcomes.contains(SignalOutcome.SENT)) {
			return SignalOutcome.SENT;
		}
		return outcomes.contains(SignalOutcome.NOT_PERMITTED) ? SignalOutcome.NOT_PERMITTED : SignalOutcome.GONE;
	}

	/** Whether it was reaped, or is to be when it exits. */
	public boolean isGivenUp() {
		return this.givenUp;
	}

	@Override
	public Reaped reap() {
		this.givenUp = true;
		if (this.process.isAlive()) {
			this.process.watch((status) -> this.system.reap(this.process));
			return new Reaped(ExitStatus.UNKNOWN, null);
		}
		this.reaped = true;
		this.system.reap(this.process);
		return new Reaped(this.process.status(), new ResourceUsage(Duration.ofMillis(1), Duration.ZERO, null));
	}

	@Override
	public OutputStream stdin() {
		return OutputStream.nullOutputStream();
	}

	@Override
	public InputStream stdout() {
		return InputStream.nullInputStream();
	}

	@Override
	public InputStream stderr() {
		return InputStream.nullInputStream();
	}

	@Override
	public void finishStreams(Runnable done) {
		this.system.later(done);
	}

}
