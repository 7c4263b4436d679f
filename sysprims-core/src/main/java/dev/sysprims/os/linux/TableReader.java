package dev.sysprims.os.linux;

import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;

/**
 * Reads the table of all processes. Lines are read one after the other, and a process
 * that forks and exits all the time is never there when its line is read; so the list is
 * read again until it names nobody new. The kernel lists by rising number and gives out
 * rising numbers, so that whoever is born during a list stands at its end. Thread-safe.
 */
final class TableReader {

	/**
	 * Of a machine on which processes are born faster than they can be listed, no list is
	 * the last one; each finds nearly all of those that live on.
	 */
	private static final int MOST_LISTS = 10;

	private final ProcReader reader;

	private final File root;

	private final long self;

	/**
	 * A reader of tables.
	 * @param reader reads the files
	 * @param root where they are, for messages
	 * @param self the number of this JVM
	 */
	TableReader(ProcReader reader, File root, long self) {
		this.reader = reader;
		this.root = root;
		this.self = self;
	}

	/**
	 * All processes, zombies too.
	 * @throws SysprimsException of kind system when they cannot be listed or looked at;
	 * never a table with a gap that looks like an exit
	 */
	ProcessTable read() {
		byte[] buffer = ProcReader.buffer();
		long[] pids = list();
		Set<Long> read = new HashSet<>(pids.length * 2);
		List<ProcessEntry> entries = new ArrayList<>(pids.length);
		for (int lists = 1; readNew(pids, read, entries, buffer) && lists < MOST_LISTS; lists++) {
			pids = this.reader.pids();
		}
		return new ProcessTable(entries);
	}

	private long[] list() {
		long[] pids = this.reader.pids();
		if (LongStream.of(pids).noneMatch((pid) -> pid == this.self)) {
			throw new SysprimsException(ErrorKind.SYSTEM, "The list of processes in " + this.root
					+ " is not complete: this JVM itself, process " + this.self + ", is not in it.");
		}
		return pids;
	}

	/** Reads the lines that have not been read; says whether there were any. */
	private boolean readNew(long[] pids, Set<Long> read, List<ProcessEntry> entries, byte[] buffer) {
		boolean any = false;
		for (long pid : pids) {
			if (read.add(pid)) {
				any = true;
				try {
					ProcStat stat = this.reader.stat(pid, buffer);
					if (stat != null) {
						entries.add(stat.toEntry());
					}
				}
				catch (ProcessHiddenException ex) {
					// Of another user, on a hidepid mount: left out, and
					// LinuxProcesses.warnings() says so.
				}
			}
		}
		return any;
	}

}
