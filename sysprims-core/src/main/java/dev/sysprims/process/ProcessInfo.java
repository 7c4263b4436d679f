package dev.sysprims.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * One process as the system described it at one moment. What could not be read is null,
 * never a guess.
 *
 * @param pid the process id
 * @param ppid the parent's id; 0 when it has none in this PID namespace; null when
 * unknown
 * @param name the kernel's short name ({@code comm}), on Linux cut to 15 bytes; null when
 * unknown
 * @param user name of the effective user, or the number when it has no name; null when
 * unknown
 * @param cpuPercent processor time over lifetime, of one core, capped: 0 to 100; null
 * when unknown
 * @param memoryKb resident memory in KiB; null when unknown
 * @param elapsed time since its start; null when unknown
 * @param startTime when it started, at tick precision (10 ms). Derived from the wall
 * clock, so it moves when that is stepped: for people to read, never for comparing (that
 * is {@link ProcessIdentity}); null when unknown
 * @param exePath the program's file as the kernel names it, with {@code " (deleted)"}
 * when it is gone; null when unknown
 * @param state what it is doing
 * @param cmdline the argument vector; empty when unknown or none. May hold secrets: do
 * not log it
 * @param env its environment at start, only on request and where it may be read, else
 * null. Holds secrets
 * @param threadCount number of threads, only on request, else null
 */
public record ProcessInfo(long pid, @Nullable Long ppid, @Nullable String name, @Nullable String user,
		@Nullable Double cpuPercent, @Nullable Long memoryKb, @Nullable Duration elapsed, @Nullable Instant startTime,
		@Nullable String exePath, ProcessState state, List<String> cmdline, @Nullable Map<String, String> env,
		@Nullable Integer threadCount) {

	/** Copies the collections. */
	public ProcessInfo {
		cmdline = List.copyOf(cmdline);
		env = (env != null) ? Map.copyOf(env) : null;
	}

	/**
	 * The contract's document ({@code process_info} of {@code process-info} v1.1.0),
	 * which is also what Jackson writes.
	 * @return the contract's names in order, null omitted
	 */
	@JsonValue
	public Map<String, Object> toDocument() {
		return new ContractDocument().with("pid", this.pid)
			.with("ppid", this.ppid)
			.with("name", this.name)
			.with("user", this.user)
			.with("cpu_percent", this.cpuPercent)
			.with("memory_kb", this.memoryKb)
			.with("elapsed_seconds", (this.elapsed != null) ? this.elapsed.toSeconds() : null)
			.with("start_time_unix_ms", (this.startTime != null) ? this.startTime.toEpochMilli() : null)
			.with("exe_path", this.exePath)
			.with("state", this.state.contractName())
			.with("cmdline", this.cmdline)
			.with("env", this.env)
			.with("thread_count", this.threadCount)
			.toMap();
	}

	/** Pid, name and state; neither arguments nor environment, which may hold secrets. */
	@Override
	public String toString() {
		return "ProcessInfo[pid=" + this.pid + ", ppid=" + this.ppid + ", name=" + this.name + ", state=" + this.state
				+ "]";
	}

}
