package dev.sysprims.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

import dev.sysprims.os.ByteSink;

/**
 * Cuts bytes into lines of UTF-8. Bytes are kept until their line is whole and decoded
 * then, so that a character split over two reads is not damaged; invalid ones are
 * replaced. Used by one thread at a time.
 */
final class LineSplitter implements ByteSink {

	/** A longer line comes in pieces of about this many bytes. */
	static final int LONGEST_LINE = 1 << 20;

	private static final int FIRST_SIZE = 256;

	private static final int LARGEST_TO_KEEP = 16 * 1024;

	private final Consumer<String> lines;

	private byte[] pending = new byte[0];

	private int length;

	private boolean insideLine;

	/**
	 * A splitter.
	 * @param lines takes each line without its end; must be quick
	 */
	LineSplitter(Consumer<String> lines) {
		this.lines = lines;
	}

	@Override
	public void accept(byte[] bytes, int offset, int count) {
		int end = offset + count;
		int from = offset;
		while (from < end) {
			int lineEnd = from;
			while (lineEnd < end && bytes[lineEnd] != '\n') {
				lineEnd++;
			}
			add(bytes, from, lineEnd - from);
			if (lineEnd < end) {
				endLine();
			}
			from = lineEnd + 1;
		}
	}

	/** A last line without a line end counts. */
	@Override
	public void end() {
		if (this.length > 0) {
			emit(this.length);
		}
		this.pending = new byte[0];
	}

	private void add(byte[] bytes, int offset, int count) {
		int from = offset;
		int left = count;
		while (left > 0) {
			// One byte over the limit, for a carriage return that may belong to the line
			// end.
			int part = Math.min(left, LONGEST_LINE + 1 - this.length);
			makeRoom(part);
			System.arraycopy(bytes, from, this.pending, this.length, part);
			this.length += part;
			from += part;
			left -= part;
			if (this.length > LONGEST_LINE && (left > 0 || this.pending[LONGEST_LINE] != '\r')) {
				emit(characterBoundary(LONGEST_LINE));
				this.insideLine = true;
			}
		}
	}

	private void makeRoom(int more) {
		if (this.length + more > this.pending.length) {
			int doubled = Math.max(Math.max(this.length + more, FIRST_SIZE), 2 * this.pending.length);
			this.pending = Arrays.copyOf(this.pending, Math.min(doubled, LONGEST_LINE + 1));
		}
	}

	private void endLine() {
		int end = this.length;
		if (end > 0 && this.pending[end - 1] == '\r') {
			end--;
		}
		if (end > 0 || !this.insideLine) {
			this.lines.accept(text(end));
		}
		this.length = 0;
		this.insideLine = false;
		if (this.pending.length > LARGEST_TO_KEEP) {
			this.pending = new byte[0];
		}
	}

	private void emit(int count) {
		this.lines.accept(text(count));
		this.length -= count;
		System.arraycopy(this.pending, count, this.pending, 0, this.length);
	}

	private String text(int count) {
		return new String(this.pending, 0, count, StandardCharsets.UTF_8);
	}

	/** The last place up to here where no character is cut, in valid UTF-8. */
	private int characterBoundary(int limit) {
		int boundary = limit;
		while (boundary > limit - 3 && (this.pending[boundary] & 0xC0) == 0x80) {
			boundary--;
		}
		return ((this.pending[boundary] & 0xC0) == 0x80) ? limit : boundary;
	}

}
