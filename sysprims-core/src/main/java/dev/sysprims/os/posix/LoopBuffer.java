package dev.sysprims.os.posix;

import org.jspecify.annotations.Nullable;

/**
 * The one buffer that all captured pipes share, made when the first of them has
 * something. Confined to the event loop.
 */
final class LoopBuffer {

	/** The capacity of a pipe unless somebody changed it: {@code pipe(7)}. */
	static final int SIZE = 64 * 1024;

	private @Nullable PipeBuffer pipe;

	private byte @Nullable [] bytes;

	PipeBuffer pipe() {
		if (this.pipe == null) {
			this.pipe = new PipeBuffer(SIZE);
		}
		return this.pipe;
	}

	byte[] bytes() {
		if (this.bytes == null) {
			this.bytes = new byte[SIZE];
		}
		return this.bytes;
	}

}
