package dev.sysprims.os.posix;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;

import com.sun.jna.Memory;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * A shell that runs the {@link WatchdogScript}, and this JVM's end of the pipe that tells
 * it of this JVM's death: nothing else has a copy for longer than from fork to exec. It
 * has an empty environment, so that it carries nobody's marker, and holds nothing of the
 * application's. Thread-safe.
 */
final class WatchdogProcess {

	private static final byte[] DEV_NULL = NativeText.cString(NativeText.bytes("/dev/null"));

	private static final byte[] ROOT = NativeText.bytes("/");

	private final ReentrantLock lock = new ReentrantLock();

	private final long pid;

	private final int pipe;

	private @Nullable PinnedProcess pin;

	private boolean ended;

	private WatchdogProcess(long pid, int pipe) {
		this.pid = pid;
		this.pipe = pipe;
	}

	/**
	 * Starts one; may hang on a dead file system.
	 * @param shell the shell's file
	 * @param jvm this JVM
	 * @param table what it is to end
	 * @throws ErrnoException when it cannot be started; then nothing is left
	 */
	static WatchdogProcess start(Path shell, ProcessKey jvm, Table table) throws ErrnoException {
		int[] pipe = Descriptors.pipe();
		int readable = Descriptors.NONE;
		int devNull = Descriptors.NONE;
		boolean started = false;
		try (SpawnCall call = new NativeSpawn(ClosingDescriptors.available())) {
			readable = table.openForReading();
			devNull = Descriptors.aboveStdio(LibC.open(DEV_NULL, LibC.O_WRONLY | LibC.O_CLOEXEC, 0), "open(/dev/null)");
			write(pipe[1], WatchdogScript.bytes());
			PreparedProgram program = new PreparedProgram(NativeText.bytes(shell), WatchdogScript.arguments(jvm),
					List.of(), ROOT);
			int pid = call.spawn(program, pipe[0], readable, devNull);
			started = true;
			return new WatchdogProcess(pid, pipe[1]);
		}
		finally {
			Descriptors.close(pipe[0]);
			Descriptors.close(readable);
			Descriptors.close(devNull);
			if (!started) {
				Descriptors.close(pipe[1]);
			}
		}
	}

	long pid() {
		return this.pid;
	}

	/**
	 * Begins to watch for its end; it is reaped then.
	 * @param watcher sees it
	 * @param whenEnded told once, on a thread of the backend, maybe before this returns
	 * @throws SysprimsException when it cannot be watched
	 */
	void watch(ChildWatcher watcher, BiConsumer<WatchdogProcess, ExitStatus> whenEnded) {
		this.lock.lock();
		try (HeldChild held = watcher.hold(this.pid)) {
			if (held == null) {
				throw new SysprimsException(ErrorKind.SYSTEM,
						"process " + this.pid + ", just started, cannot be seen in /proc");
			}
			this.pin = held.watch(() -> takeEnd(whenEnded));
		}
		finally {
			this.lock.unlock();
		}
	}

	/** It is not needed any more. What watches it reaps it. */
	void kill() {
		this.lock.lock();
		try {
			if (this.pin != null && !this.ended && ChildWait.peek(this.pid) == null) {
				this.pin.signal(Signal.KILL);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Ends one that cannot be watched. */
	void discard(Sweeper sweeper) {
		Kill.process(this.pid, Signal.KILL);
		Descriptors.close(this.pipe);
		ExitPoll.start(sweeper, () -> ChildWait.reap(this.pid, Long.MAX_VALUE) != null);
	}

	private boolean takeEnd(BiConsumer<WatchdogProcess, ExitStatus> whenEnded) {
		ExitStatus status;
		this.lock.lock();
		try {
			status = ChildWait.peek(this.pid);
			if (status == null) {
				return false;
			}
			if (this.ended) {
				return true;
			}
			this.ended = true;
			ChildWait.reap(this.pid, Long.MAX_VALUE);
			Objects.requireNonNull(this.pin).close();
			if (!Objects.equals(status.exitCode(), WatchdogScript.STILL_ALIVE)) {
				// Else other code has closed it, and the number may be somebody else's.
				Descriptors.close(this.pipe);
			}
		}
		finally {
			this.lock.unlock();
		}
		whenEnded.accept(this, status);
		return true;
	}

	/** Into an empty pipe, which takes it at once. */
	private static void write(int fd, byte[] bytes) throws ErrnoException {
		try (Memory memory = new Memory(bytes.length)) {
			memory.write(0, bytes, 0, bytes.length);
			long written = LibC.write(fd, memory, bytes.length);
			if (written != bytes.length) {
				throw (written == -1) ? ErrnoException.last("write") : new ErrnoException("write", Errno.EAGAIN);
			}
		}
	}

	/** What it is to end. */
	@FunctionalInterface
	interface Table {

		/** A descriptor of its own, at the beginning. */
		int openForReading() throws ErrnoException;

	}

}
