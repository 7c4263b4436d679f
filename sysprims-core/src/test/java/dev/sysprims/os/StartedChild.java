package dev.sysprims.os;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;

/**
 * A child of a backend and the event of its exit. Closing ends it, reaps it and lets go
 * of its pipes.
 */
public final class StartedChild implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 20;

	private final SpawnedChild child;

	private final CompletableFuture<ExitStatus> exit;

	private StartedChild(SpawnedChild child, CompletableFuture<ExitStatus> exit) {
		this.child = child;
		this.exit = exit;
	}

	public static StartedChild start(OperatingSystem os, SpawnRequest request) {
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		SpawnedChild child = get(os.spawner().spawn(request, (status) -> {
			if (!exit.complete(status)) {
				exit.obtrudeException(new AssertionError("The exit was told twice"));
			}
		}));
		return new StartedChild(child, exit);
	}

	/** Without input and output. */
	public static StartedChild start(OperatingSystem os, List<String> argv) {
		return start(os, quiet(Command.of(argv.toArray(String[]::new))));
	}

	public static SpawnRequest quiet(Command command) {
		return new SpawnRequest(command, new ChildInput.Empty(), new ChildOutput.Discard(), new ChildOutput.Discard());
	}

	public SpawnedChild child() {
		return this.child;
	}

	public long pid() {
		return this.child.key().pid();
	}

	/** Waits, bounded, for the exit event. */
	public ExitStatus exit() {
		return get(this.exit);
	}

	public boolean hasExited() {
		return this.exit.isDone();
	}

	/** Waits, bounded, for the streams to be finished. */
	public void finishStreams() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.child.finishStreams(() -> done.complete(null));
		get(done);
	}

	@Override
	public void close() {
		if (this.child.signalGroup(Signal.KILL) == SignalOutcome.NOT_SUPPORTED) {
			this.child.signal(Signal.KILL);
		}
		exit();
		this.child.reap();
		finishStreams();
		KernelContainer container = this.child.container();
		if (container != null) {
			container.kill();
			container.remove();
		}
	}

	/** The value within bounded time, or the failure itself. */
	static <T> T get(CompletableFuture<T> future) {
		try {
			return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof SysprimsException failure) {
				throw failure;
			}
			throw new AssertionError(ex.getCause());
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new AssertionError("Not within " + PATIENCE_SECONDS + " s", ex);
		}
	}

}
