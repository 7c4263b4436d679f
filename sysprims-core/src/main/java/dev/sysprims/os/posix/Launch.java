package dev.sysprims.os.posix;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

import dev.sysprims.process.Command;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * From a request to a child that runs, is identified and watched: one step that nothing
 * can interrupt. What fails after the spawn kills and reaps. Runs on the spawner.
 */
final class Launch {

	/** Doubled each time from 1 ms on: 63 ms in all. */
	private static final int BUSY_RETRIES = 6;

	private final EventLoop loop;

	private final ChildWatcher watcher;

	private final LongFunction<@Nullable ProcessIdentity> identities;

	private final InheritedEnvironment inherited;

	private final LoopBuffer buffer = new LoopBuffer();

	Launch(EventLoop loop, ChildWatcher watcher, LongFunction<@Nullable ProcessIdentity> identities,
			InheritedEnvironment inherited) {
		this.loop = loop;
		this.watcher = watcher;
		this.identities = identities;
		this.inherited = inherited;
	}

	/** Does what is pending; the result goes to its future. */
	void run(PendingSpawn pending, SpawnCall call) {
		Command command = pending.request().command();
		try {
			PreparedProgram program = prepare(command);
			ChildStdio stdio = ChildStdio.open(pending.request(), this.loop, this.buffer);
			if (pending.isDecided()) {
				stdio.abandon();
				return;
			}
			int pid = spawn(pending, call, program, stdio);
			adopt(pending, pid, stdio.handOver());
		}
		catch (SysprimsException ex) {
			pending.tryFail(ex);
		}
		catch (RuntimeException | Error ex) {
			pending.tryFail(new SysprimsException(ErrorKind.INTERNAL,
					"Cannot start '" + command.program() + "': " + ex + ". This is a fault of the library.", ex));
		}
	}

	private PreparedProgram prepare(Command command) {
		byte[] cwd = directory(command);
		List<byte[]> environment = this.inherited.with(command.env());
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

	private static int spawn(PendingSpawn pending, SpawnCall call, PreparedProgram program, ChildStdio stdio) {
		try {
			return spawnUnlessBusy(call, program, stdio);
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
	private static int spawnUnlessBusy(SpawnCall call, PreparedProgram program, ChildStdio stdio)
			throws ErrnoException {
		for (int retry = 0;; retry++) {
			try {
				return call.spawn(program, stdio.stdin(), stdio.stdout(), stdio.stderr());
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

	private void adopt(PendingSpawn pending, int pid, ChildStreams streams) {
		if (!pending.tryAccept()) {
			abandon(pid, streams);
			return;
		}
		PosixChild child;
		try {
			child = identified(pending, pid, streams);
			streams.start();
			child.watch(this.watcher);
		}
		catch (ErrnoException ex) {
			abandon(pid, streams);
			pending.future().completeExceptionally(SpawnFailure.resources(pending.request().command(), ex));
			return;
		}
		catch (RuntimeException | Error ex) {
			abandon(pid, streams);
			pending.future().completeExceptionally(ex);
			return;
		}
		if (!pending.future().complete(child)) {
			child.discard();
		}
	}

	/** Nobody wants it: ends it with its group, which it still pins, and reaps it. */
	private static void abandon(int pid, ChildStreams streams) {
		Kill.group(pid, Signal.KILL);
		ChildWait.reapKilled(pid);
		streams.finish(() -> {
		});
	}

	private PosixChild identified(PendingSpawn pending, int pid, ChildStreams streams) {
		ProcessIdentity identity = this.identities.apply(pid);
		if (identity == null) {
			throw new SysprimsException(ErrorKind.SYSTEM, "Process " + pid + ", just started as '"
					+ pending.request().command().program() + "', cannot be seen. Is /proc mounted?");
		}
		return new PosixChild(identity, streams, ChildWait.ownPeakKb(), pending.onExit());
	}

}
