package dev.sysprims.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import dev.sysprims.os.ByteSink;

/**
 * Keeps the last bytes of an output. Memory grows with what was written, up to the size.
 * Thread-safe.
 */
final class TailRing implements ByteSink {

	private static final int FIRST_SIZE = 512;

	private static final int LONGEST_UTF8_SEQUENCE = 4;

	private final int size;

	private byte[] buffer = new byte[0];

	private int start;

	private int length;

	private long dropped;

	/**
	 * An empty ring.
	 * @param size how many bytes are kept, positive
	 */
	TailRing(int size) {
		this.size = size;
	}

	@Override
	public synchronized void accept(byte[] bytes, int offset, int count) {
		int kept = Math.min(count, this.size);
		this.dropped += count - kept;
		int from = offset + count - kept;
		makeRoom(kept);
		int overflow = Math.max(0, this.length + kept - this.size);
		this.dropped += overflow;
		this.start = (overflow > 0) ? (int) (((long) this.start + overflow) % this.size) : this.start;
		this.length -= overflow;
		int end = (int) (((long) this.start + this.length) % this.buffer.length);
		int first = Math.min(kept, this.buffer.length - end);
		System.arraycopy(bytes, from, this.buffer, end, first);
		System.arraycopy(bytes, from + first, this.buffer, 0, kept - first);
		this.length += kept;
	}

	/** Until the buffer has its full size it is filled from the front and never turns. */
	private void makeRoom(int more) {
		long wanted = (long) this.length + more;
		if (wanted > this.buffer.length && this.buffer.length < this.size) {
			long doubled = Math.max(Math.max(wanted, FIRST_SIZE), 2L * this.buffer.length);
			this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(doubled, this.size));
		}
	}

	/** Lets go of what is not used: ended jobs are remembered for long. */
	@Override
	public synchronized void end() {
		if (this.length < this.buffer.length) {
			this.buffer = bytes();
			this.start = 0;
		}
	}

	synchronized byte[] bytes() {
		byte[] copy = new byte[this.length];
		int first = Math.min(this.length, this.buffer.length - this.start);
		System.arraycopy(this.buffer, this.start, copy, 0, first);
		System.arraycopy(this.buffer, 0, copy, first, this.length - first);
		return copy;
	}

	/**
	 * The bytes as text. Where the beginning was pushed out, a character that was cut
	 * there is left out.
	 */
	String text() {
		byte[] bytes;
		boolean cut;
		synchronized (this) {
			bytes = bytes();
			cut = this.dropped > 0;
		}
		int from = 0;
		while (cut && from < Math.min(bytes.length, LONGEST_UTF8_SEQUENCE - 1) && (bytes[from] & 0xC0) == 0x80) {
			from++;
		}
		return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
	}

	synchronized long dropped() {
		return this.dropped;
	}

	/** How much memory it holds. */
	synchronized int capacity() {
		return this.buffer.length;
	}

}
