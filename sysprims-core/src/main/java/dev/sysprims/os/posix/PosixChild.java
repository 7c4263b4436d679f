package dev.sysprims.os.posix;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A child of this JVM that leads a session and group. Until it is reaped its zombie keeps
 * the numbers of process and group from being given to others, and only then are they
 * used; the lock keeps a signal and the reaping apart.
 */
final class PosixChild implements SpawnedChild {

	private final ReentrantLock lock = new ReentrantLock();

	private final ProcessIdentity identity;

	private final ProcessKey key;

	private final String marker;

	private final AtJvmDeath atJvmDeath;

	private final Placed placed;

	private final ChildStreams streams;

	private final long ownPeakKb;

	private final Consumer<ExitStatus> onExit;

	private @Nullable PinnedProcess pin;

	private @Nullable Reaped reaped;

	private @Nullable ExitStatus exit;

	private boolean reapAtExit;

	PosixChild(ProcessIdentity identity, PendingSpawn spawn, Placed placed, ChildStreams streams, long ownPeakKb) {
		this.placed = placed;
		this.identity = identity;
		this.key = new ProcessKey(identity.pid(), identity.start());
		this.marker = spawn.marker();
		this.atJvmDeath = spawn.request().atJvmDeath();
		this.streams = streams;
		this.ownPeakKb = ownPeakKb;
		this.onExit = spawn.onExit();
	}

	/** Begins to watch. The event may come before this returns. */
	void watch(HeldChild held) {
		this.lock.lock();
		try {
			this.pin = held.watch(this::takeExit);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean takeExit() {
		ExitStatus status;
		this.lock.lock();
		try {
			status = peek();
			if (status == null) {
				return false;
			}
			if (this.exit != null) {
				return true;
			}
			this.exit = status;
			if (this.reapAtExit || this.reaped != null) {
				reapNow();
			}
		}
		finally {
			this.lock.unlock();
		}
		this.onExit.accept(status);
		return true;
	}

	@Override
	public ProcessIdentity identity() {
		return this.identity;
	}

	@Override
	public ProcessKey key() {
		return this.key;
	}

	@Override
	public Long pgid() {
		return this.identity.pid();
	}

	@Override
	public String marker() {
		return this.marker;
	}

	@Override
	public Set<String> pipes() {
		return this.streams.outputPipes();
	}

	@Override
	public AtJvmDeath atJvmDeath() {
		return this.atJvmDeath;
	}

	@Override
	public List<String> warnings() {
		List<String> warnings = new ArrayList<>(this.placed.warnings());
		PinnedProcess watched = this.pin;
		if (watched != null) {
			watched.warning().ifPresent(warnings::add);
		}
		return warnings;
	}

	@Override
	public @Nullable KernelContainer container() {
		return this.placed.container();
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		this.lock.lock();
		try {
			// kill(2) takes a zombie for alive.
			if (peek() != null) {
				return SignalOutcome.GONE;
			}
			return (this.pin != null) ? this.pin.signal(signal) : Kill.process(this.identity.pid(), signal);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public SignalOutcome signalGroup(Signal signal) {
		this.lock.lock();
		try {
			peek();
			return (this.reaped != null) ? SignalOutcome.GONE : Kill.group(this.identity.pid(), signal);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Reaped reap() {
		this.lock.lock();
		try {
			Reaped now = reapNow();
			this.reapAtExit = now == null;
			return (now != null) ? now : new Reaped(ExitStatus.UNKNOWN, null);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * How it has ended, or null while it runs. When other code of this JVM took its
	 * status, with {@code waitpid(-1)} for one, its number is free and no longer used.
	 */
	private @Nullable ExitStatus peek() {
		if (this.reaped != null) {
			return this.reaped.status();
		}
		ExitStatus status = ChildWait.peek(this.identity.pid());
		if (ExitStatus.UNKNOWN.equals(status)) {
			this.reaped = new Reaped((this.exit != null) ? this.exit : ExitStatus.UNKNOWN, null);
		}
		return status;
	}

	private @Nullable Reaped reapNow() {
		peek();
		if (this.reaped == null) {
			this.reaped = ChildWait.reap(this.identity.pid(), this.ownPeakKb);
		}
		if (this.reaped != null && this.exit != null && this.pin != null) {
			this.pin.close();
		}
		return this.reaped;
	}

	@Override
	public OutputStream stdin() {
		return this.streams.stdin();
	}

	@Override
	public InputStream stdout() {
		return this.streams.stdout();
	}

	@Override
	public InputStream stderr() {
		return this.streams.stderr();
	}

	@Override
	public void finishStreams(Runnable done) {
		this.streams.finish(done);
	}

	/** Nobody will ever hear of it: ends it with its group and lets go of everything. */
	void discard() {
		signalGroup(Signal.KILL);
		this.placed.abandon();
		reap();
		this.streams.finish(() -> {
		});
	}

}
