package dev.sysprims.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.JobMarker;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/** A process of the simulated system; its traits are set by the test. */
public final class SimulatedProcess {

	enum Life {

		RUNNING, ZOMBIE, GONE

	}

	private final SimulatedSystem system;

	private final ProcessKey key;

	private final Set<Signal> ignored = new LinkedHashSet<>();

	private final List<Signal> received = new ArrayList<>();

	private final List<Consumer<ExitStatus>> exitWatchers = new ArrayList<>();

	private final String tree;

	private final Set<String> pipes = new LinkedHashSet<>();

	private boolean elusive;

	private @Nullable String marker;

	private @Nullable SimulatedContainer container;

	private @Nullable SimulatedProcess parent;

	private boolean exiting;

	private long pgid;

	private long sid;

	private Life life = Life.RUNNING;

	private boolean stopped;

	private boolean mayBeSignalled = true;

	private boolean killable = true;

	private boolean killTried;

	private @Nullable Runnable onTerm;

	private @Nullable Signal pending;

	private @Nullable ExitStatus status;

	SimulatedProcess(SimulatedSystem system, ProcessKey key, @Nullable SimulatedProcess parent, String tree) {
		this.system = system;
		this.key = key;
		this.parent = parent;
		this.tree = tree;
		this.pgid = (parent != null) ? parent.pgid : key.pid();
		this.sid = (parent != null) ? parent.sid : key.pid();
		if (parent != null) {
			this.marker = parent.marker;
			this.container = parent.container;
			this.pipes.addAll(parent.pipes);
		}
	}

	/** What a new program is given. */
	void given(String marker, String pipe, @Nullable SimulatedContainer container) {
		this.marker = marker;
		this.pipes.add(pipe);
		this.container = container;
	}

	public SimulatedProcess fork() {
		return this.system.create(this, this.tree);
	}

	/** {@code clone(CLONE_PARENT)}. */
	public SimulatedProcess sibling() {
		SimulatedProcess sibling = fork();
		sibling.parent = this.parent;
		return sibling;
	}

	public SimulatedProcess setsid() {
		this.sid = this.key.pid();
		this.pgid = this.key.pid();
		return this;
	}

	/** Forgets its environment, as {@code env -i} does. */
	public SimulatedProcess wipe() {
		this.marker = null;
		return this;
	}

	/** As a program does that starts jobs of its own. */
	public void appendMarker(String further) {
		this.marker = JobMarker.appended(this.marker, further);
	}

	public SimulatedProcess closePipes() {
		this.pipes.clear();
		return this;
	}

	/** As one that may write to the hierarchy. */
	public SimulatedProcess moveOut() {
		SimulatedContainer left = this.container;
		this.container = null;
		if (left != null) {
			left.changed();
		}
		return this;
	}

	public SimulatedProcess ownGroup() {
		this.pgid = this.key.pid();
		return this;
	}

	public SimulatedProcess ignore(Signal signal) {
		this.ignored.add(signal);
		return this;
	}

	public SimulatedProcess stop() {
		this.stopped = true;
		return this;
	}

	/** As one of another user: signals to it are refused. */
	public SimulatedProcess forbid() {
		this.mayBeSignalled = false;
		return this;
	}

	/** As one in uninterruptible sleep: no signal has an effect. */
	public SimulatedProcess holdForGood() {
		this.killable = false;
		return this;
	}

	/**
	 * As one on its way out: no signal has an effect, and no container is populated by
	 * it, though it is no zombie before {@link #exit}.
	 */
	public SimulatedProcess beginExit() {
		this.exiting = true;
		this.onTerm = () -> {
		};
		holdForGood();
		if (this.container != null) {
			this.container.changed();
		}
		return this;
	}

	boolean isExiting() {
		return this.exiting;
	}

	/** What it does on SIGTERM instead of ending. */
	public SimulatedProcess onTerm(Runnable reaction) {
		this.onTerm = reaction;
		return this;
	}

	public void exit(int code) {
		die(ExitStatus.exited(code));
	}

	/** The signals that the kernel took for it. */
	public List<Signal> received() {
		return this.received;
	}

	/** Whether a kill was tried on it, by a signal or with its container. */
	public boolean wasKilled() {
		return this.killTried;
	}

	public boolean isAlive() {
		return this.life == Life.RUNNING;
	}

	public boolean isZombie() {
		return this.life == Life.ZOMBIE;
	}

	public long pid() {
		return this.key.pid();
	}

	public ProcessKey key() {
		return this.key;
	}

	/** To whose true tree it belongs, whatever anybody can see of that. */
	public String tree() {
		return this.tree;
	}

	public long pgid() {
		return this.pgid;
	}

	public long sid() {
		return this.sid;
	}

	public @Nullable SimulatedContainer container() {
		return this.container;
	}

	/** Whenever somebody begins to read it, another one is there in its place. */
	public SimulatedProcess elusive() {
		this.elusive = true;
		return this;
	}

	@Nullable String marker() {
		if (this.elusive) {
			this.system.churn().elusive();
			this.system.vanish(this);
			return null;
		}
		return this.marker;
	}

	Set<String> pipes() {
		return this.pipes;
	}

	@Nullable SimulatedProcess parent() {
		return this.parent;
	}

	ExitStatus status() {
		return (this.status != null) ? this.status : ExitStatus.UNKNOWN;
	}

	ProcessEntry entry() {
		return new ProcessEntry(this.key, (this.parent != null) ? this.parent.pid() : 0, this.pgid, this.sid,
				!isAlive(), "sim");
	}

	SignalOutcome signal(Signal signal) {
		if (!isAlive()) {
			return SignalOutcome.GONE;
		}
		this.killTried |= signal.equals(Signal.KILL);
		if (!this.mayBeSignalled) {
			return SignalOutcome.NOT_PERMITTED;
		}
		this.received.add(signal);
		if (signal.equals(Signal.CONT)) {
			this.stopped = false;
			if (this.pending != null) {
				deliver(this.pending);
			}
		}
		else if (this.stopped && !signal.equals(Signal.KILL)) {
			this.pending = signal;
		}
		else {
			deliver(signal);
		}
		return SignalOutcome.SENT;
	}

	/** By no signal that anybody sent. */
	void killedByTheKernel() {
		this.killTried = true;
		deliver(Signal.KILL);
	}

	private void deliver(Signal signal) {
		this.pending = null;
		if (signal.equals(Signal.KILL)) {
			if (this.killable) {
				this.system.later(() -> die(ExitStatus.signalled(signal)));
			}
		}
		else if (!this.ignored.contains(signal)) {
			Runnable reaction = (this.onTerm != null) ? this.onTerm : () -> die(ExitStatus.signalled(signal));
			this.system.later(() -> {
				if (isAlive()) {
					reaction.run();
				}
			});
		}
	}

	private void die(ExitStatus how) {
		if (isAlive()) {
			this.life = Life.ZOMBIE;
			this.status = how;
			this.system.died(this);
			this.exitWatchers.forEach((watcher) -> this.system.later(() -> watcher.accept(how)));
		}
	}

	void adoptedBy(SimulatedProcess init) {
		this.parent = init;
	}

	void reaped() {
		this.life = Life.GONE;
	}

	void watch(Consumer<ExitStatus> watcher) {
		this.exitWatchers.add(watcher);
	}

	void unwatch(Consumer<ExitStatus> watcher) {
		this.exitWatchers.remove(watcher);
	}

}
