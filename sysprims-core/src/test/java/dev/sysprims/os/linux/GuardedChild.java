package dev.sysprims.os.linux;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/** What a watchdog asks a child for, and nothing else. */
record GuardedChild(ProcessKey key, AtJvmDeath atJvmDeath,
		@Nullable KernelContainer container) implements SpawnedChild {

	GuardedChild(ProcessKey key) {
		this(key, AtJvmDeath.END, null);
	}

	@Override
	public Long pgid() {
		return this.key.pid();
	}

	@Override
	public List<String> warnings() {
		return List.of();
	}

	@Override
	public ProcessIdentity identity() {
		throw new UnsupportedOperationException();
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SignalOutcome signalGroup(Signal signal) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Reaped reap() {
		throw new UnsupportedOperationException();
	}

	@Override
	public OutputStream stdin() {
		throw new UnsupportedOperationException();
	}

	@Override
	public InputStream stdout() {
		throw new UnsupportedOperationException();
	}

	@Override
	public InputStream stderr() {
		throw new UnsupportedOperationException();
	}

	@Override
	public void finishStreams(Runnable done) {
		throw new UnsupportedOperationException();
	}

}
