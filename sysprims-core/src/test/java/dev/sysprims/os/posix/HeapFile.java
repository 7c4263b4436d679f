package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A table's file that has room for so much, and a test can look into. */
final class HeapFile implements TableFile {

	private byte[] content = new byte[0];

	private int room = Integer.MAX_VALUE;

	void refuseFrom(int room) {
		this.room = room;
	}

	int size() {
		return this.content.length;
	}

	String text() {
		return new String(this.content, StandardCharsets.US_ASCII);
	}

	@Override
	public void write(byte[] bytes, long offset) throws ErrnoException {
		if (offset > this.content.length) {
			throw new AssertionError("There would be a hole before " + offset);
		}
		int fitting = (int) Math.min(bytes.length, this.room - offset);
		if (offset + fitting > this.content.length) {
			this.content = Arrays.copyOf(this.content, (int) offset + fitting);
		}
		System.arraycopy(bytes, 0, this.content, (int) offset, fitting);
		if (fitting < bytes.length) {
			throw new ErrnoException("pwrite", Errno.ENOSPC);
		}
	}

	@Override
	public void truncate(long size) {
		this.content = Arrays.copyOf(this.content, (int) size);
	}

	@Override
	public int openForReading() throws ErrnoException {
		throw new ErrnoException("open", Errno.EMFILE);
	}

	@Override
	public void close() {
		this.room = 0;
	}

}
