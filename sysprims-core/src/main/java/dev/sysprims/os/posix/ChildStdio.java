package dev.sysprims.os.posix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.SpawnRequest;
import org.jspecify.annotations.Nullable;

/**
 * The three descriptors that a child is to get, and this JVM's ends of its pipes.
 * Confined to the spawner.
 */
final class ChildStdio {

	private final EventLoop loop;

	private final LoopBuffer buffer;

	private final StdioFiles files;

	/** The child's, closed here in any case once it runs or failed to. */
	private final List<Integer> childs = new ArrayList<>(3);

	/** This JVM's, closed here only when the child never ran. */
	private final List<Integer> ours = new ArrayList<>(3);

	/** Names of the pipes that the child writes to. */
	private final Set<String> outputPipes = new HashSet<>(4);

	private int stdin;

	private int stdout;

	private int stderr;

	private @Nullable ChildPipe input;

	private @Nullable ChildPipe output;

	private @Nullable ChildPipe errors;

	private ChildStdio(SpawnRequest request, EventLoop loop, LoopBuffer buffer) {
		this.files = new StdioFiles(request.command());
		this.loop = loop;
		this.buffer = buffer;
	}

	/**
	 * Opens what the request asks for.
	 * @throws dev.sysprims.process.SpawnFailedException when something cannot be opened;
	 * then nothing is left open
	 */
	static ChildStdio open(SpawnRequest request, EventLoop loop, LoopBuffer buffer) {
		ChildStdio stdio = new ChildStdio(request, loop, buffer);
		try {
			stdio.openInput(request.stdin());
			stdio.openOutputs(request.stdout(), request.stderr());
			return stdio;
		}
		catch (ErrnoException ex) {
			stdio.abandon();
			throw SpawnFailure.resources(request.command(), ex);
		}
		catch (RuntimeException | Error ex) {
			stdio.abandon();
			throw ex;
		}
	}

	int stdin() {
		return this.stdin;
	}

	int stdout() {
		return this.stdout;
	}

	int stderr() {
		return this.stderr;
	}

	/** The child runs and has its own copies. */
	ChildStreams handOver() {
		closeAll(this.childs);
		return new ChildStreams(this.input, this.output, this.errors, Set.copyOf(this.outputPipes), this.loop);
	}

	/** There is no child. */
	void abandon() {
		closeAll(this.childs);
		closeAll(this.ours);
	}

	private void openInput(ChildInput input) throws ErrnoException {
		if (input instanceof ChildInput.Inherit) {
			this.stdin = inherited(0, LibC.O_RDONLY);
		}
		else if (input instanceof ChildInput.FromFile file) {
			this.stdin = childs(this.files.forReading(file.path()));
		}
		else if (input instanceof ChildInput.Bytes bytes) {
			this.input = new FedInput(inputPipe(), bytes.bytes(), this.loop, this.buffer);
		}
		else if (input instanceof ChildInput.Stream) {
			this.input = new PipeOutputStream(inputPipe(), this.loop);
		}
		else {
			this.stdin = childs(this.files.devNull(LibC.O_RDONLY));
		}
	}

	private void openOutputs(ChildOutput output, ChildOutput errors) throws ErrnoException {
		int[] pipe = new int[2];
		this.stdout = openOutput(output, 1, pipe);
		this.output = ourEnd(output, pipe[0]);
		if (errors instanceof ChildOutput.SameAsStdout) {
			// 1 and not the source: dup2 of the child's own stdout, which is set up
			// before.
			this.stderr = 1;
			return;
		}
		this.stderr = openOutput(errors, 2, pipe);
		this.errors = ourEnd(errors, pipe[0]);
	}

	private int openOutput(ChildOutput output, int stdio, int[] pipe) throws ErrnoException {
		if (output instanceof ChildOutput.Inherit) {
			return inherited(stdio, LibC.O_WRONLY);
		}
		if (output instanceof ChildOutput.ToFile file) {
			return childs(this.files.forWriting(file.path(), file.append()));
		}
		if (output instanceof ChildOutput.Capture || output instanceof ChildOutput.Stream) {
			int[] ends = Descriptors.pipe();
			pipe[0] = ours(ends[0], ends[1]);
			String name = PipeName.ofOwn(pipe[0]);
			if (name != null) {
				this.outputPipes.add(name);
			}
			return ends[1];
		}
		return childs(this.files.devNull(LibC.O_WRONLY));
	}

	private @Nullable ChildPipe ourEnd(ChildOutput output, int fd) {
		if (output instanceof ChildOutput.Capture capture) {
			return new CapturedOutput(fd, capture.sink(), this.loop, this.buffer);
		}
		return (output instanceof ChildOutput.Stream) ? new PipeInputStream(fd, this.loop) : null;
	}

	private int inputPipe() throws ErrnoException {
		int[] ends = Descriptors.pipe();
		this.stdin = ends[0];
		return ours(ends[1], ends[0]);
	}

	private int ours(int fd, int childs) throws ErrnoException {
		this.ours.add(fd);
		this.childs.add(childs);
		// The flag is of the open file description, and each end of a pipe has its own.
		Descriptors.setNonBlocking(fd, true);
		return fd;
	}

	private int childs(int fd) {
		this.childs.add(fd);
		return fd;
	}

	private int inherited(int stdio, int flags) {
		return StdioFiles.isInheritable(stdio) ? stdio : childs(this.files.devNull(flags));
	}

	private static void closeAll(List<Integer> descriptors) {
		descriptors.forEach(Descriptors::close);
		descriptors.clear();
	}

}
