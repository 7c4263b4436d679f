package dev.sysprims.process;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How a wait for a process ended. A zombie has exited; a stopped process has not.
 *
 * @param timestamp when the wait ended
 * @param platform {@code linux}, {@code macos} or {@code windows}
 * @param pid the process id
 * @param exited whether the process has exited
 * @param timedOut whether the time ran out first
 * @param exitCode its exit code; null when it has not exited, when a signal ended it, or
 * when nobody can know
 * @param signal the signal that ended it; null when it exited, or when nobody can know.
 * Not in the contract's document
 * @param warnings what is weaker than it could be and why, as full sentences
 */
public record WaitPidResult(Instant timestamp, String platform, long pid, boolean exited, boolean timedOut,
		@Nullable Integer exitCode, @Nullable Signal signal, List<String> warnings) {

	/** Copies the warnings. */
	public WaitPidResult {
		warnings = List.copyOf(warnings);
	}

	/**
	 * The contract's document, which is also what Jackson writes.
	 * @return the contract's names in order, null omitted
	 */
	@JsonValue
	public Map<String, Object> toDocument() {
		return ContractDocument.of("wait-pid-result", this.timestamp, this.platform, this.pid)
			.with("exited", this.exited)
			.with("timed_out", this.timedOut)
			.with("exit_code", this.exitCode)
			.with("warnings", this.warnings)
			.toMap();
	}

}
