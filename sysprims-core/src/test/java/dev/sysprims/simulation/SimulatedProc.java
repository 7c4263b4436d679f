package dev.sysprims.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated system shows of its processes, as {@code proc(5)} does: a table that
 * is read line by line while the world goes on, single lines, and what processes carry.
 * Each can be made unreadable.
 */
public final class SimulatedProc {

	private final Map<Long, SimulatedProcess> processes;

	private final VirtualSweeper clock;

	private final Random random;

	private final List<ProcessKey> environmentsRead = new ArrayList<>();

	private @Nullable SysprimsException unreadable;

	private boolean linesUnreadable;

	private boolean reading;

	private @Nullable Runnable behindTheReader;

	private Duration scan = Duration.ZERO;

	SimulatedProc(Map<Long, SimulatedProcess> processes, VirtualSweeper clock, Random random) {
		this.processes = processes;
		this.clock = clock;
		this.random = random;
	}

	/** From now on the process table cannot be read, or again. */
	public void tableUnreadable(boolean unreadable) {
		this.unreadable = unreadable ? new SysprimsException(ErrorKind.SYSTEM, "/proc is not mounted") : null;
	}

	/** From now on no single process can be read either, or again. */
	public void linesUnreadable(boolean unreadable) {
		this.linesUnreadable = unreadable;
	}

	/** Whether single processes can be read, beside the table. */
	public boolean areLinesReadable() {
		return !this.linesUnreadable;
	}

	void requireLinesReadable() {
		if (this.linesUnreadable) {
			throw new SysprimsException(ErrorKind.SYSTEM, "/proc/…/stat: EMFILE");
		}
	}

	/**
	 * Happens in the next scan, when the numbers were listed but no line was read yet.
	 */
	public void duringNextScan(Runnable happening) {
		this.behindTheReader = happening;
	}

	/** From now on a scan takes as long as this at least. */
	public void longScans(Duration scan) {
		this.scan = scan;
	}

	/** Whether a process table is being read right now. */
	public boolean isReading() {
		return this.reading;
	}

	/** Whose environment was read, in order. */
	public List<ProcessKey> environmentsRead() {
		return this.environmentsRead;
	}

	ProcessTable table() {
		if (this.unreadable != null) {
			throw this.unreadable;
		}
		List<Long> listed = new ArrayList<>(this.processes.keySet());
		if (this.behindTheReader != null) {
			Runnable happening = this.behindTheReader;
			this.behindTheReader = null;
			happening.run();
		}
		this.clock.pass(this.scan.toNanos());
		List<ProcessEntry> entries = new ArrayList<>();
		this.reading = true;
		for (long pid : listed) {
			// One line after the other: the world does not stand still meanwhile.
			this.clock.pass(this.random.nextInt(20_000));
			SimulatedProcess process = this.processes.get(pid);
			if (process != null) {
				entries.add(process.entry());
			}
		}
		this.reading = false;
		return new ProcessTable(entries);
	}

	@Nullable ProcessEntry entry(long pid) {
		requireLinesReadable();
		SimulatedProcess process = this.processes.get(pid);
		return (process != null) ? process.entry() : null;
	}

	@Nullable String markerOf(ProcessKey key) {
		this.environmentsRead.add(key);
		SimulatedProcess process = holder(key);
		return (process != null) ? process.marker() : null;
	}

	Set<String> pipesOf(ProcessKey key) {
		SimulatedProcess process = holder(key);
		return (process != null) ? Set.copyOf(process.pipes()) : Set.of();
	}

	/** This very process, while it has the number. */
	@Nullable SimulatedProcess holder(ProcessKey key) {
		SimulatedProcess process = this.processes.get(key.pid());
		return (process != null && process.key().equals(key)) ? process : null;
	}

}
