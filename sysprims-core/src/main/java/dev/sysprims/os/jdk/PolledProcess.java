package dev.sysprims.os.jdk;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * A process of somebody else, looked at ever more rarely until it has exited. Not
 * {@code ProcessHandle.onExit()}: that too polls, up to seconds apart, takes a thread per
 * process, and waits for ever for a zombie.
 */
final class PolledProcess implements PinnedProcess {

	private static final Duration SHORTEST_WAIT = Duration.ofMillis(10);

	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private final ProcessKey key;

	private final JdkProcesses processes;

	private final Sweeper sweeper;

	private final Executor threads;

	private final Consumer<ExitStatus> onExit;

	private boolean ended;

	private @Nullable Runnable nextLook;

	PolledProcess(ProcessKey key, JdkProcesses processes, Sweeper sweeper, Executor threads,
			Consumer<ExitStatus> onExit) {
		this.key = key;
		this.processes = processes;
		this.sweeper = sweeper;
		this.threads = threads;
		this.onExit = onExit;
	}

	PolledProcess watch() {
		look(SHORTEST_WAIT);
		return this;
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		if (this.key.start() == JdkProcesses.START_UNKNOWN) {
			return SignalOutcome.NOT_SUPPORTED; // it could be any process
		}
		Optional<ProcessHandle> handle = JdkProcesses.find(this.key.pid());
		if (handle.isEmpty()) {
			return SignalOutcome.GONE;
		}
		// The handle knows the start too, and compares it once more before it signals.
		if (!JdkProcesses.key(handle.get()).equals(this.key)) {
			return handle.get().isAlive() ? SignalOutcome.REUSED : SignalOutcome.GONE;
		}
		return hasExited() ? SignalOutcome.GONE : HandleSignals.send(handle.get(), signal);
	}

	@Override
	public Optional<String> warning() {
		return Optional
			.of("The exit of process " + this.key.pid() + " is polled for, at most " + LONGEST_WAIT.toMillis()
					+ " ms apart: the JDK has no event for processes that this JVM did not start.");
	}

	@Override
	public synchronized void close() {
		this.ended = true;
		if (this.nextLook != null) {
			this.nextLook.run();
		}
	}

	private void look(Duration wait) {
		boolean exited = hasExited();
		synchronized (this) {
			if (this.ended) {
				return;
			}
			this.ended = exited && tell();
			if (!this.ended) {
				Duration longer = wait.plus(wait.dividedBy(2));
				Duration next = (longer.compareTo(LONGEST_WAIT) < 0) ? longer : LONGEST_WAIT;
				this.nextLook = this.sweeper.schedule(this.sweeper.nanoTime() + wait.toNanos(), () -> look(next));
			}
		}
	}

	private boolean tell() {
		try {
			this.threads.execute(() -> this.onExit.accept(ExitStatus.UNKNOWN));
			return true;
		}
		catch (OutOfMemoryError ex) {
			return false; // no thread to tell it on: it is seen again at the next look
		}
	}

	private boolean hasExited() {
		try {
			ProcessEntry now = this.processes.entry(this.key.pid());
			return now == null || !now.key().equals(this.key) || now.ended();
		}
		catch (SysprimsException ex) {
			return false; // could not look: look again
		}
	}

}
