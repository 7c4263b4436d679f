package dev.sysprims.os.posix;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;

import dev.sysprims.os.ProcessKey;
import org.jspecify.annotations.Nullable;

/**
 * What the watchdog is to end, one line for each process, in slots of 64 bytes that are
 * reused: number, start, and behind them the file with the members of the leader's
 * cgroup, or a hyphen for a process that leads no group of ours. Free slots are blank
 * lines. A line with a path takes as many slots as it needs. Confined to its owner's
 * lock.
 */
final class WatchdogTable implements AutoCloseable {

	static final int SLOT = 64;

	/** A shell reads byte by byte: more would take it seconds. */
	static final int MOST_SLOTS = 1 << 16;

	/**
	 * Also the mark that a line is whole: one that was cut off while it was written must
	 * not name a directory further up.
	 */
	private static final String MEMBERS = "/cgroup.procs";

	private static final byte BLANK = ' ';

	private final BitSet used = new BitSet();

	private final TableFile file;

	WatchdogTable(TableFile file) {
		this.file = file;
	}

	/** Where a line is. */
	record Slots(int first, int count) {

	}

	/**
	 * Adds the leader of a group and session.
	 * @param key the leader
	 * @param directory of its cgroup, or null
	 */
	Slots addLeader(ProcessKey key, byte @Nullable [] directory) throws ErrnoException {
		ByteArrayOutputStream line = line(key);
		if (directory != null && isNameable(directory)) {
			line.write(BLANK);
			line.writeBytes(directory);
			line.writeBytes(MEMBERS.getBytes(StandardCharsets.US_ASCII));
		}
		return add(line);
	}

	/** Adds a process that is to be ended by itself. */
	Slots addMember(ProcessKey key) throws ErrnoException {
		ByteArrayOutputStream line = line(key);
		line.writeBytes(new byte[] { BLANK, '-' });
		return add(line);
	}

	/** Frees a line. Where the system refuses even that, its slots are not used again. */
	void remove(Slots slots) throws ErrnoException {
		int end = slots.first() + slots.count();
		if (end == this.used.length()) {
			this.used.clear(slots.first(), end);
			this.file.truncate((long) this.used.length() * SLOT);
		}
		else {
			this.file.write(padded(new byte[0], slots.count()), offset(slots));
			this.used.clear(slots.first(), end);
		}
	}

	int openForReading() throws ErrnoException {
		return this.file.openForReading();
	}

	@Override
	public void close() {
		this.file.close();
	}

	private Slots add(ByteArrayOutputStream line) throws ErrnoException {
		Slots slots = free(line.size() / SLOT + 1);
		byte[] bytes = padded(line.toByteArray(), slots.count());
		try {
			this.file.write(bytes, offset(slots));
		}
		catch (ErrnoException ex) {
			// Half a line would swallow the next one. Only at the end can memory lack.
			this.file.truncate((long) this.used.length() * SLOT);
			throw ex;
		}
		this.used.set(slots.first(), slots.first() + slots.count());
		return slots;
	}

	/**
	 * The first gap that is wide enough; never behind the end, so that there are no
	 * holes.
	 */
	private Slots free(int count) throws ErrnoException {
		int first = this.used.nextClearBit(0);
		for (int next = this.used.nextSetBit(first); next >= 0
				&& next - first < count; next = this.used.nextSetBit(first)) {
			first = this.used.nextClearBit(next);
		}
		if (first + count > MOST_SLOTS) {
			throw new ErrnoException("Adding to a table of " + MOST_SLOTS + " lines", Errno.ENOSPC);
		}
		return new Slots(first, count);
	}

	private static ByteArrayOutputStream line(ProcessKey key) {
		ByteArrayOutputStream line = new ByteArrayOutputStream(SLOT);
		line.writeBytes((PidT.of(key.pid()) + " " + key.start()).getBytes(StandardCharsets.US_ASCII));
		return line;
	}

	private static boolean isNameable(byte[] directory) {
		for (byte character : directory) {
			if (character == '\n' || character == 0) {
				return false;
			}
		}
		return directory.length > 0 && directory[0] == '/';
	}

	private static long offset(Slots slots) {
		return (long) slots.first() * SLOT;
	}

	private static byte[] padded(byte[] text, int slots) {
		byte[] line = Arrays.copyOf(text, slots * SLOT);
		Arrays.fill(line, text.length, line.length - 1, BLANK);
		line[line.length - 1] = '\n';
		return line;
	}

}
