package dev.sysprims.os.posix;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sysprims.os.Sweeper;
import dev.sysprims.process.Command;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * From a request to a child that runs, is identified and watched: one step that nothing
 * can interrupt. What fails after the spawn kills and reaps. Runs on the spawner and,
 * once the program runs, on the event loop.
 */
final class Launch {

	/** Doubled each time from 1 ms on: 63 ms in all. */
	private static final int BUSY_RETRIES = 6;

	private static final long ABANDON_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final EventLoop loop;

	private final ChildWatcher watcher;

	private final InheritedEnvironment inherited;

	private final Placement placement;

	private final Sweeper sweeper;

	private final LoopBuffer buffer = new LoopBuffer();

	Launch(EventLoop loop, ChildWatcher watcher, Sweeper sweeper, InheritedEnvironment inherited) {
		this(loop, watcher, sweeper, inherited, Containers.NONE);
	}

	Launch(EventLoop loop, ChildWatcher watcher, Sweeper sweeper, InheritedEnvironment inherited,
			Containers containers) {
		this.placement = new Placement(containers);
		this.loop = loop;
		this.watcher = watcher;
		this.sweeper = sweeper;
		this.inherited = inherited;
	}

	/** Does what is pending; the result goes to its future. */
	void run(PendingSpawn pending, SpawnCall call) {
		Command command = pending.request().command();
		try {
			PreparedProgram program = prepare(command, pending.marker());
			ChildStdio stdio = ChildStdio.open(pending.request(), this.loop, this.buffer);
			if (pending.isDecided()) {
				stdio.abandon();
				return;
			}
			Placed placed = spawn(pending, call, program, stdio);
			this.loop.execute(() -> adopt(pending, placed, stdio.handOver()));
		}
		catch (SysprimsException ex) {
			pending.tryFail(ex);
		}
		catch (RuntimeException | Error ex) {
			pending.tryFail(new SysprimsException(ErrorKind.INTERNAL,
					"Cannot start '" + command.program() + "': " + ex + ". This is a fault of the library.", ex));
		}
	}

	private PreparedProgram prepare(Command command, String marker) {
		byte[] cwd = directory(command);
		List<byte[]> environment = this.inherited.with(command.env(), marker);
		try {
			byte[] path = ProgramPath.resolve(command, environment, cwd);
			return new PreparedProgram(path, command.argv().stream().map(NativeText::bytes).toList(), environment, cwd);
		}
		catch (SysprimsException ex) {
			// Elements of PATH may be relative to a directory that is not there.
			SpawnFailedException directory = SpawnFailure.ofDirectory(command, cwd);
			throw (directory != null) ? directory : ex;
		}
	}

	private static byte @Nullable [] directory(Command command) {
		Path cwd = command.cwd();
		if (cwd == null) {
			return null;
		}
		if (!cwd.getFileSystem().equals(FileSystems.getDefault())) {
			throw SpawnFailure.failed(command,
					"its working directory " + cwd + " is not on the default file system. Name one that is.");
		}
		String name = cwd.toString();
		return name.isEmpty() ? NativeText.bytes(".") : NativeText.bytes(cwd);
	}

	private Placed spawn(PendingSpawn pending, SpawnCall call, PreparedProgram program, ChildStdio stdio) {
		try {
			return this.placement.place(pending.request(),
					(container) -> spawnUnlessBusy(call, program, stdio, container));
		}
		catch (ErrnoException ex) {
			stdio.abandon();
			throw SpawnFailure.of(pending.request().command(), program, ex);
		}
		catch (RuntimeException | Error ex) {
			stdio.abandon();
			throw ex;
		}
	}

	/**
	 * A program that was just written is busy while a child that another thread is
	 * spawning still has the writing descriptor: for a moment, so try again.
	 */
	private static int spawnUnlessBusy(SpawnCall call, PreparedProgram program, ChildStdio stdio,
			@Nullable JobContainer container) throws ErrnoException, NotContainedException {
		for (int retry = 0;; retry++) {
			try {
				int stdin = stdio.stdin();
				return (container != null) ? call.spawn(program, stdin, stdio.stdout(), stdio.stderr(), container)
						: call.spawn(program, stdin, stdio.stdout(), stdio.stderr());
			}
			catch (ErrnoException ex) {
				if (ex.errno() != Errno.ETXTBSY || retry == BUSY_RETRIES) {
					throw ex;
				}
				pause(1L << retry);
			}
		}
	}

	private static void pause(long millis) throws ErrnoException {
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new ErrnoException("posix_spawn", Errno.ETXTBSY);
		}
	}

	/**
	 * Makes a child of what runs, on the event loop: every moment that this thread goes
	 * on working here is one that the program waits for, because it was born on this
	 * processor and stays there (measured: one for one).
	 */
	private void adopt(PendingSpawn pending, Placed placed, ChildStreams streams) {
		if (!pending.tryAccept()) {
			abandon(placed, streams, () -> {
			});
			return;
		}
		PosixChild child;
		try (HeldChild held = hold(pending, placed.pid())) {
			child = new PosixChild(held.identity(), pending, placed, streams, ChildWait.ownPeakKb());
			streams.start();
			child.watch(held);
		}
		catch (ErrnoException ex) {
			abandon(placed, streams, () -> pending.fail(SpawnFailure.resources(pending.request().command(), ex)));
			return;
		}
		catch (RuntimeException | Error ex) {
			abandon(placed, streams, () -> pending.fail(ex));
			return;
		}
		if (!pending.future().complete(child)) {
			child.discard();
		}
	}

	private HeldChild hold(PendingSpawn pending, int pid) {
		HeldChild held = this.watcher.hold(pid);
		if (held == null) {
			throw new SysprimsException(ErrorKind.SYSTEM, "Process " + pid + ", just started as '"
					+ pending.request().command().program()
					+ "', cannot be seen. Check that /proc is mounted; with the option hidepid a program that changes"
					+ " its user (sudo, a setuid program) cannot be started by this user.");
		}
		return held;
	}

	/**
	 * Nobody wants it: ends it with its group, which it still pins, and reaps it. Does
	 * not block, for a killed process can take its time on a dead file system.
	 * @param placed the child
	 * @param streams closed
	 * @param gone run when it is gone, or after {@link #ABANDON_NANOS}
	 */
	private void abandon(Placed placed, ChildStreams streams, Runnable gone) {
		int pid = placed.pid();
		Kill.group(pid, Signal.KILL);
		placed.abandon();
		streams.finish(() -> {
		});
		long patience = this.sweeper.nanoTime() + ABANDON_NANOS;
		ExitPoll.start(this.sweeper, () -> {
			boolean reaped = ChildWait.reap(pid, Long.MAX_VALUE) != null;
			if (reaped || this.sweeper.nanoTime() - patience > 0) {
				gone.run();
			}
			return reaped;
		});
	}

}
