package dev.sysprims.supervisor;

/**
 * The captured end of a job's output: what {@code OutputMode.tail()} kept, or the last
 * lines of {@code OutputMode.lines}. Empty in the other modes. Thread-safe; each call is
 * a copy of that moment.
 */
public interface JobOutput {

	/**
	 * The end of standard output as text.
	 * @return UTF-8, invalid bytes replaced
	 */
	String stdout();

	/**
	 * The end of the error output as text; empty when it was merged into standard output.
	 * @return UTF-8, invalid bytes replaced
	 */
	String stderr();

	/**
	 * The end of standard output as it was written.
	 * @return the bytes
	 */
	byte[] stdoutBytes();

	/**
	 * The end of the error output as it was written.
	 * @return the bytes
	 */
	byte[] stderrBytes();

	/**
	 * What did not fit: bytes pushed out of a tail, or lines that a slow callback did not
	 * take.
	 * @return the number of bytes (tail) or lines (lines) that are lost, over both
	 * streams
	 */
	long dropped();

}
