package dev.sysprims.os.linux;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;

/**
 * A child for tests and the event of its exit; closing kills its group, reaps it and lets
 * go of its pipes.
 */
final class Spawned implements AutoCloseable {

	private static final long PATIENCE_SECONDS = 20;

	private final SpawnedChild child;

	private final CompletableFuture<ExitStatus> exit;

	private Spawned(SpawnedChild child, CompletableFuture<ExitStatus> exit) {
		this.child = child;
		this.exit = exit;
	}

	static Spawned start(OperatingSystem os, SpawnRequest request) {
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		SpawnedChild child = get(os.spawner().spawn(request, (status) -> {
			if (!exit.complete(status)) {
				throw new AssertionError("The exit was told twice.");
			}
		}));
		return new Spawned(child, exit);
	}

	static Spawned start(OperatingSystem os, Command command) {
		return start(os, quiet(command));
	}

	static Spawned start(OperatingSystem os, List<String> argv) {
		return start(os, Command.of(argv.toArray(String[]::new)));
	}

	/** Without input and output. */
	static SpawnRequest quiet(Command command) {
		return new SpawnRequest(command, new ChildInput.Empty(), new ChildOutput.Discard(), new ChildOutput.Discard());
	}

	SpawnedChild child() {
		return this.child;
	}

	long pid() {
		return this.child.key().pid();
	}

	/** Waits, bounded, for the exit event. */
	ExitStatus exit() {
		return get(this.exit);
	}

	boolean hasExited() {
		return this.exit.isDone();
	}

	/** Waits, bounded, for the streams to be finished. */
	void finishStreams() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.child.finishStreams(() -> done.complete(null));
		get(done);
	}

	@Override
	public void close() {
		this.child.signalGroup(Signal.KILL);
		exit();
		this.child.reap();
		finishStreams();
	}

	/** The value, within bounded time, or the failure itself. */
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
