package dev.sysprims.os.linux;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessInfo;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of one process. What cannot be read is null. */
final class ProcessDetails {

	private final ProcReader reader;

	private final BootClock clock;

	private final UserNames users;

	ProcessDetails(ProcReader reader, BootClock clock, UserNames users) {
		this.reader = reader;
		this.clock = clock;
		this.users = users;
	}

	/**
	 * Reads the rest of a process.
	 * @param stat its stat line
	 * @param status its status
	 * @param detail what to read on top
	 * @return the process, if all that was read is of the same one; the caller checks
	 */
	ProcessInfo read(ProcStat stat, ProcStatus status, ProcessFilter detail) {
		long pid = stat.pid();
		Long uid = status.effectiveUser();
		return new ProcessInfo(pid, stat.ppid(), stat.name(),
				(uid != null) ? this.users.nameOf(uid, this.reader.directory(pid)) : null, cpuPercent(stat),
				status.residentKb(), this.clock.since(stat.start()), this.clock.at(stat.start()),
				this.reader.link(pid, "exe"), stat.toState(), cmdline(pid),
				detail.includesEnv() ? environment(stat) : null,
				detail.includesThreadCount() ? status.threads() : null);
	}

	private @Nullable Double cpuPercent(ProcStat stat) {
		Duration lifetime = this.clock.since(stat.start());
		if (lifetime.isZero()) {
			return null;
		}
		Duration used = this.clock.length(stat.userTime() + stat.systemTime());
		return Math.min(100.0, 100.0 * used.toNanos() / lifetime.toNanos());
	}

	private List<String> cmdline(long pid) {
		byte[] content = readIfPermitted(pid, "cmdline");
		return (content != null) ? ProcStrings.cmdline(content) : List.of();
	}

	private @Nullable Map<String, String> environment(ProcStat stat) {
		byte[] content = readIfPermitted(stat.pid(), "environ");
		// Of a process without memory of its own the file is empty: that says nothing.
		if (content == null || (content.length == 0 && (stat.state() == 'Z' || stat.kernelThread()))) {
			return null;
		}
		return ProcStrings.environment(content);
	}

	private byte @Nullable [] readIfPermitted(long pid, String name) {
		try {
			return this.reader.read(pid, name);
		}
		catch (ProcessHiddenException ex) {
			return null;
		}
	}

}
