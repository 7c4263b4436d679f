package dev.sysprims.os.jdk;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A child of the JDK, which waits for it and reaps it at once when it exits: its number
 * is pinned only while it runs.
 */
final class JdkChild implements SpawnedChild {

	private final Process process;

	private final ProcessHandle handle;

	private final ProcessKey key;

	private final ProcessIdentity identity;

	private final String marker;

	private final AtJvmDeath atJvmDeath;

	private final Executor threads;

	private final List<Runnable> work = new ArrayList<>();

	private final List<OutputPump> pumps = new ArrayList<>();

	private final ByteQueue input = new ByteQueue();

	private final List<ByteQueue> outputs = new ArrayList<>();

	private final CompletableFuture<Void> finished = new CompletableFuture<>();

	private final @Nullable InputFeeder feeder;

	private final OutputStream stdin;

	private final InputStream stdout;

	private final InputStream stderr;

	private boolean finishing;

	JdkChild(Process process, SpawnRequest request, String marker, JdkProcesses processes, Executor threads) {
		this.process = process;
		this.handle = process.toHandle();
		this.key = JdkProcesses.key(this.handle);
		this.identity = processes.identityOf(this.key);
		this.marker = marker;
		this.atJvmDeath = request.atJvmDeath();
		this.threads = threads;
		this.feeder = feeder(request.stdin());
		this.stdin = (request.stdin() instanceof ChildInput.Stream) ? this.input.output() : closed();
		this.stdout = reader(request.stdout(), process.getInputStream());
		this.stderr = reader(request.stderr(), process.getErrorStream());
	}

	/**
	 * Starts the threads that wait and move bytes.
	 * @throws OutOfMemoryError when the system gives no more threads
	 */
	void begin(Consumer<ExitStatus> onExit) {
		this.threads.execute(() -> awaitExit(onExit));
		this.work.forEach(this.threads::execute);
	}

	/** Ends it without a word: nobody will know of it. */
	void discard() {
		this.handle.destroyForcibly();
		for (ByteQueue output : this.outputs) {
			output.abandon();
		}
		if (this.feeder != null) {
			this.feeder.stop();
		}
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
	public @Nullable Long pgid() {
		return null;
	}

	@Override
	public String marker() {
		return this.marker;
	}

	@Override
	public AtJvmDeath atJvmDeath() {
		return this.atJvmDeath;
	}

	@Override
	public List<String> warnings() {
		return JdkPlatform.CHILD_WEAKNESSES;
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		// By the handle: Process.destroy() closes the streams too, and with them the last
		// words of a program that ends in order. But a handle whose start the JDK could
		// not read takes any process with the number for its own; the Process does not.
		return this.process.isAlive() ? HandleSignals.send(this.handle, signal) : SignalOutcome.GONE;
	}

	@Override
	public SignalOutcome signalGroup(Signal signal) {
		return SignalOutcome.NOT_SUPPORTED;
	}

	@Override
	public Reaped reap() {
		return new Reaped(this.process.isAlive() ? ExitStatus.UNKNOWN : ExitStatus.exited(this.process.exitValue()),
				null);
	}

	@Override
	public OutputStream stdin() {
		return this.stdin;
	}

	@Override
	public InputStream stdout() {
		return this.stdout;
	}

	@Override
	public InputStream stderr() {
		return this.stderr;
	}

	@Override
	public void finishStreams(Runnable done) {
		this.finished.thenRunAsync(done, this.threads);
		synchronized (this) {
			if (this.finishing) {
				return;
			}
			this.finishing = true;
		}
		this.threads.execute(this::finish);
	}

	private void finish() {
		try {
			if (this.feeder != null) {
				this.feeder.stop();
			}
			// What is still in a pipe must not wait for a reader: a pipe of Linux holds
			// up
			// to 1 MiB without privileges (pipe(7), pipe-max-size).
			this.outputs.forEach((output) -> output.makeRoom(1 << 20));
			for (OutputPump pump : this.pumps) {
				pump.finish();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt(); // not done by anybody: own thread
		}
		finally {
			this.finished.complete(null);
		}
	}

	private void awaitExit(Consumer<ExitStatus> onExit) {
		try {
			onExit.accept(ExitStatus.exited(this.process.waitFor()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt(); // not done by anybody: own thread
		}
	}

	private @Nullable InputFeeder feeder(ChildInput mode) {
		if (mode instanceof ChildInput.Bytes bytes) {
			return add(new InputFeeder(new ByteArrayInputStream(bytes.bytes()), this.process.getOutputStream()));
		}
		if (mode instanceof ChildInput.Stream) {
			return add(new InputFeeder(this.input.input(), this.process.getOutputStream()));
		}
		return null;
	}

	private InputFeeder add(InputFeeder feeder) {
		this.work.add(feeder);
		return feeder;
	}

	private InputStream reader(ChildOutput mode, InputStream pipe) {
		if (mode instanceof ChildOutput.Capture capture) {
			add(OutputPump.capture(pipe, capture.sink()));
		}
		if (mode instanceof ChildOutput.Stream) {
			ByteQueue queue = new ByteQueue();
			this.outputs.add(queue);
			add(OutputPump.stream(pipe, queue));
			return queue.input();
		}
		return InputStream.nullInputStream();
	}

	private void add(OutputPump pump) {
		this.pumps.add(pump);
		this.work.add(pump);
	}

	private static OutputStream closed() {
		OutputStream refuses = OutputStream.nullOutputStream();
		try {
			refuses.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return refuses;
	}

}
