package dev.sysprims.supervisor;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.InputMode;
import dev.sysprims.process.OutputMode;
import dev.sysprims.tree.EndCause;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job for those who know only {@link Process}. What acts or waits is meant for the
 * whole tree; pid, handle and info are the program's. Overrides everything whose default
 * polls, blocks a common thread or throws.
 */
final class JobProcess extends Process {

	private static final Logger logger = LoggerFactory.getLogger(JobProcess.class);

	/** What a caller gets who asks how a process ended that nobody knows of. */
	private static final int UNKNOWN = -1;

	/** A shell's way of telling the number of a signal in an exit code. */
	private static final int SIGNAL_BASE = 128;

	private final SupervisedJob job;

	private final @Nullable ProcessHandle handle;

	private final OutputStream stdin;

	private final InputStream stdout;

	private final InputStream stderr;

	/** Those of the child itself: buffers on top may be in use by a reader that waits. */
	private final List<Closeable> streams;

	private JobProcess(SupervisedJob job, @Nullable ProcessHandle handle, OutputStream stdin, InputStream stdout,
			InputStream stderr) {
		this.job = job;
		this.handle = handle;
		this.stdin = stdin;
		this.stdout = buffered(stdout);
		this.stderr = buffered(stderr);
		this.streams = List.of(stdin, stdout, stderr);
	}

	/**
	 * The process of a job. Holds on to streams only where the mode is stream, so that a
	 * remembered job pins nothing else.
	 * @param job the job
	 * @param child its program
	 * @param spec whose modes
	 * @param handle the JDK's handle, taken while the number was pinned
	 * @return the one process of the job
	 */
	static JobProcess of(SupervisedJob job, SpawnedChild child, JobSpec spec, @Nullable ProcessHandle handle) {
		return new JobProcess(job, handle,
				(spec.stdin() instanceof InputMode.Stream) ? child.stdin() : new RefusingOutput(),
				(spec.stdout() instanceof OutputMode.Stream) ? child.stdout() : nothing(),
				(spec.stderr() instanceof OutputMode.Stream) ? child.stderr() : nothing());
	}

	/** At its end at once, and closing it changes nothing: as with {@code Redirect}. */
	private static InputStream nothing() {
		return new ByteArrayInputStream(new byte[0]);
	}

	private static InputStream buffered(InputStream stream) {
		return (stream instanceof ByteArrayInputStream) ? stream : new BufferedInputStream(stream);
	}

	@Override
	public OutputStream getOutputStream() {
		return this.stdin;
	}

	@Override
	public InputStream getInputStream() {
		return this.stdout;
	}

	@Override
	public InputStream getErrorStream() {
		return this.stderr;
	}

	/** Waits for the end of the tree; an interrupt ends it. */
	@Override
	public int waitFor() throws InterruptedException {
		this.job.endWait().await();
		return exitValue();
	}

	@Override
	public boolean waitFor(long timeout, TimeUnit unit) throws InterruptedException {
		return this.job.endWait().await(unit.toNanos(timeout)) != null;
	}

	@Override
	public int exitValue() {
		JobResult result = this.job.result();
		if (result == null) {
			throw new IllegalThreadStateException("The tree of job '" + this.job.name() + "' (pid " + pid()
					+ ") has not ended: use waitFor() or isAlive().");
		}
		if (result.exitCode() != null) {
			return result.exitCode();
		}
		return (result.signal() != null) ? SIGNAL_BASE + result.signal().number() : UNKNOWN;
	}

	@Override
	public boolean isAlive() {
		return this.job.result() == null;
	}

	/**
	 * Begins the end of the tree with the job's timeouts, closes the streams and does not
	 * wait: a server that ignores the signal still sees the end of its input.
	 */
	@Override
	public void destroy() {
		this.job.beginEnd(this.job.ending(), EndCause.TERMINATED);
		closeStreams();
	}

	/** As {@link #destroy()}, without grace or with what is left of it cut. */
	@Override
	public Process destroyForcibly() {
		this.job.beginEnd(this.job.ending().toBuilder().graceTimeout(Duration.ZERO).build(), EndCause.TERMINATED);
		closeStreams();
		return this;
	}

	/** Overrides, from JDK 26 on, what closes the streams and ends the process. */
	public void close() {
		destroy();
	}

	private void closeStreams() {
		for (Closeable stream : this.streams) {
			try {
				stream.close();
			}
			catch (IOException ex) {
				logger.debug("A stream of {} was not closed cleanly.", this, ex);
			}
		}
	}

	@Override
	public boolean supportsNormalTermination() {
		return this.job.canEndPolitely();
	}

	@Override
	public long pid() {
		return this.job.pid();
	}

	/** A future of its own at each call; completes when the tree is over. */
	@Override
	public CompletableFuture<Process> onExit() {
		return this.job.completion().thenApply((result) -> this);
	}

	@Override
	public ProcessHandle toHandle() {
		if (this.handle == null) {
			throw new UnsupportedOperationException("The program of job '" + this.job.name() + "' (pid " + pid()
					+ ") had ended before the JDK could make a handle of it. Use Job.identity().");
		}
		return this.handle;
	}

	@Override
	public ProcessHandle.Info info() {
		return (this.handle != null) ? this.handle.info() : new UnknownInfo();
	}

	/** The program's own children. */
	@Override
	public Stream<ProcessHandle> children() {
		return this.job.members().handles((member) -> member.ppid() == pid());
	}

	/** Every other member of the tree, also one that is no descendant any more. */
	@Override
	public Stream<ProcessHandle> descendants() {
		return this.job.members().handles((member) -> member.pid() != pid());
	}

	@Override
	public String toString() {
		return "Process[job=" + this.job.id() + ", pid=" + pid() + ", "
				+ (isAlive() ? "alive" : "exitValue=" + exitValue()) + "]";
	}

}
