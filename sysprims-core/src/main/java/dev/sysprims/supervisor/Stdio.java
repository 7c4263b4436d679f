package dev.sysprims.supervisor;

import dev.sysprims.os.ByteSink;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.process.InputMode;
import dev.sysprims.process.OutputMode;
import dev.sysprims.supervisor.CapturedOutput.Tail;
import org.jspecify.annotations.Nullable;

/**
 * The three streams of a job: what the modes of its specification mean to the backend,
 * and what is kept of its output.
 *
 * @param stdin for the backend
 * @param stdout for the backend
 * @param stderr for the backend
 * @param output what is kept
 */
record Stdio(ChildInput stdin, ChildOutput stdout, ChildOutput stderr, CapturedOutput output) {

	/**
	 * The streams of a new job.
	 * @param spec whose modes
	 * @param tailSize how much is kept where the mode does not say
	 * @param lines where lines go
	 * @return streams for one start
	 */
	static Stdio of(JobSpec spec, int tailSize, LineFeed lines) {
		OutputMode outMode = spec.stdout();
		OutputMode errMode = spec.stderr();
		Tail out = tail(outMode, tailSize);
		Tail err = tail(errMode, tailSize);
		boolean hasLines = outMode instanceof OutputMode.Lines || errMode instanceof OutputMode.Lines;
		return new Stdio(input(spec.stdin()), output(outMode, out, lines),
				(errMode != null) ? output(errMode, err, lines) : new ChildOutput.SameAsStdout(),
				new CapturedOutput(out, err, hasLines ? lines : null));
	}

	private static ChildInput input(InputMode mode) {
		if (mode instanceof InputMode.Bytes bytes) {
			return new ChildInput.Bytes(bytes.bytes());
		}
		if (mode instanceof InputMode.FromFile file) {
			return new ChildInput.FromFile(file.path());
		}
		return (mode instanceof InputMode.Stream) ? new ChildInput.Stream() : new ChildInput.Empty();
	}

	private static ChildOutput output(OutputMode mode, @Nullable Tail tail, LineFeed lines) {
		if (tail != null) {
			return new ChildOutput.Capture((mode instanceof OutputMode.Lines byLine)
					? new Tee(tail.ring(), new LineSplitter((line) -> lines.offer(byLine.consumer(), line)))
					: tail.ring());
		}
		if (mode instanceof OutputMode.ToFile file) {
			return new ChildOutput.ToFile(file.path(), file.append());
		}
		if (mode instanceof OutputMode.Inherit) {
			return new ChildOutput.Inherit();
		}
		return (mode instanceof OutputMode.Stream) ? new ChildOutput.Stream() : new ChildOutput.Discard();
	}

	private static @Nullable Tail tail(@Nullable OutputMode mode, int tailSize) {
		if (mode instanceof OutputMode.Tail asked) {
			return new Tail(new TailRing((asked.bytes() > 0) ? asked.bytes() : tailSize), true);
		}
		return (mode instanceof OutputMode.Lines) ? new Tail(new TailRing(tailSize), false) : null;
	}

	/** Both take the same bytes. */
	private record Tee(ByteSink first, ByteSink second) implements ByteSink {

		@Override
		public void accept(byte[] buffer, int offset, int length) {
			this.first.accept(buffer, offset, length);
			this.second.accept(buffer, offset, length);
		}

		@Override
		public void end() {
			this.first.end();
			this.second.end();
		}

	}

}
