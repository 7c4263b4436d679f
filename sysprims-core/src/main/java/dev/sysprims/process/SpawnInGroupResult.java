package dev.sysprims.process;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs in a group of its own.
 *
 * @param timestamp when it had been started
 * @param platform {@code linux}, {@code macos} or {@code windows}
 * @param pgid its process group, equal to the pid; null where the system has no groups or
 * the backend cannot make one
 * @param treeKillReliability how sure the end of its tree is
 * @param warnings what is weaker than it could be and why, as full sentences
 * @param identity which process it is; not in the contract's document
 */
public record SpawnInGroupResult(Instant timestamp, String platform, @Nullable Long pgid,
		TreeKillReliability treeKillReliability, List<String> warnings, ProcessIdentity identity) {

	/** Copies the warnings. */
	public SpawnInGroupResult {
		warnings = List.copyOf(warnings);
	}

	/**
	 * The process id.
	 * @return the pid
	 */
	public long pid() {
		return this.identity.pid();
	}

	/**
	 * The contract's document, which is also what Jackson writes.
	 * @return the contract's names in order, null omitted
	 */
	@JsonValue
	public Map<String, Object> toDocument() {
		return ContractDocument.of("spawn-in-group-result", this.timestamp, this.platform, pid())
			.with("pgid", this.pgid)
			.with("tree_kill_reliability", this.treeKillReliability.contractName())
			.with("warnings", this.warnings)
			.toMap();
	}

}
