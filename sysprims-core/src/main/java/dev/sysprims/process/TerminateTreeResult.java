package dev.sysprims.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * How the end of a process tree went. Members, survivors and durations are evidence
 * beyond the contract and not in its document.
 *
 * @param timestamp when it was over
 * @param platform {@code linux}, {@code macos} or {@code windows}
 * @param pid the root of the tree
 * @param pgid the process group that the root led, or null
 * @param signalSent the first signal that was asked for
 * @param killSignal the kill signal, null unless it was really needed
 * @param exited true only when the <em>whole tree</em> was verified empty
 * @param timedOut whether the kill timeout was spent with members still there
 * @param treeKillReliability how sure "empty" is
 * @param warnings what is weaker than it could be, and who survived and why, as full
 * sentences
 * @param members every process that was found in the tree
 * @param elapsed how long it took
 */
public record TerminateTreeResult(Instant timestamp, String platform, long pid, @Nullable Long pgid, Signal signalSent,
		@Nullable Signal killSignal, boolean exited, boolean timedOut, TreeKillReliability treeKillReliability,
		List<String> warnings, List<TreeMember> members, Duration elapsed) {

	/** Copies the lists. */
	public TerminateTreeResult {
		warnings = List.copyOf(warnings);
		members = List.copyOf(members);
	}

	/**
	 * Whether a kill signal was really needed.
	 * @return true when one was sent to a member that was still there after the grace
	 * timeout
	 */
	public boolean escalated() {
		return this.killSignal != null;
	}

	/**
	 * The members that were still there at the end.
	 * @return empty is the promise
	 */
	public List<TreeMember> survivors() {
		return this.members.stream().filter(TreeMember::survived).toList();
	}

	/**
	 * The contract's document, which is also what Jackson writes.
	 * @return the contract's names in order, null omitted
	 */
	@JsonValue
	public Map<String, Object> toDocument() {
		return ContractDocument.of("terminate-tree-result", this.timestamp, this.platform, this.pid)
			.with("pgid", this.pgid)
			.with("signal_sent", this.signalSent.number())
			.with("kill_signal", (this.killSignal != null) ? this.killSignal.number() : null)
			.with("escalated", escalated())
			.with("exited", this.exited)
			.with("timed_out", this.timedOut)
			.with("tree_kill_reliability", this.treeKillReliability.contractName())
			.with("warnings", this.warnings)
			.toMap();
	}

}
