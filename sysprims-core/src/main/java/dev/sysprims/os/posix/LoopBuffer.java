package dev.sysprims.os.posix;

/**
 * The one buffer that all captured pipes of an event loop share. Made beforehand, so that
 * a lack of memory does not hit the loop; used on the loop only.
 */
final class LoopBuffer {

	/** The capacity of a pipe unless somebody changed it: {@code pipe(7)}. */
	static final int SIZE = 64 * 1024;

	private final byte[] bytes = new byte[SIZE];

	private final PipeBuffer pipe = new PipeBuffer(SIZE);

	PipeBuffer pipe() {
		return this.pipe;
	}

	byte[] bytes() {
		return this.bytes;
	}

}
