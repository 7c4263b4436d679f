package dev.sysprims.supervisor;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of a job's output.
 *
 * @param out the end of standard output, or null when none is kept
 * @param err the end of the error output, or null when none is kept
 * @param lines where lines go, or null when neither stream is read by lines
 */
record CapturedOutput(@Nullable Tail out, @Nullable Tail err, @Nullable LineFeed lines) implements JobOutput {

	private static final byte[] NOTHING = new byte[0];

	@Override
	public String stdout() {
		return text(this.out);
	}

	@Override
	public String stderr() {
		return text(this.err);
	}

	@Override
	public byte[] stdoutBytes() {
		return bytes(this.out);
	}

	@Override
	public byte[] stderrBytes() {
		return bytes(this.err);
	}

	@Override
	public long dropped() {
		return pushedOut(this.out) + pushedOut(this.err) + droppedLines();
	}

	long droppedLines() {
		return (this.lines != null) ? this.lines.dropped() : 0;
	}

	private static String text(@Nullable Tail tail) {
		return (tail != null) ? tail.ring.text() : "";
	}

	private static byte[] bytes(@Nullable Tail tail) {
		return (tail != null) ? tail.ring.bytes() : NOTHING;
	}

	private static long pushedOut(@Nullable Tail tail) {
		return (tail != null && tail.isWhole) ? tail.ring.dropped() : 0;
	}

	/**
	 * The kept end of one stream.
	 *
	 * @param ring the bytes
	 * @param isWhole whether it is all that is kept: what it pushes out is lost then.
	 * Beside lines it is not, since these had their turn
	 */
	record Tail(TailRing ring, boolean isWhole) {

	}

}
