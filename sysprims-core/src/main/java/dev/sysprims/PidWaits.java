package dev.sysprims;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.WaitPidResult;
import dev.sysprims.tree.Failures;
import dev.sysprims.tree.OwnedTree;
import dev.sysprims.tree.ProcessTrees;

/**
 * Waits for the exit of a process: of one of ours that lives, of one whose status was
 * kept, or of a stranger.
 */
final class PidWaits {

	private static final String UNKNOWN = "How it ended is not known, because this JVM did not start it: Linux tells that "
			+ "to others than its parent only from 6.15 on, and only once the parent has asked.";

	/** Longer than any JVM lives, and still a number of nanoseconds. */
	private static final Duration LONGEST = Duration.ofDays(36_500);

	private final ProcessTrees trees;

	private final OperatingSystem os;

	PidWaits(ProcessTrees trees) {
		this.trees = trees;
		this.os = trees.os();
	}

	WaitPidResult waitPid(long pid, Duration timeout) throws InterruptedException {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException(
					"The timeout " + timeout + " for pid " + pid + " is negative: use zero for a probe.");
		}
		OwnedTree owned = this.trees.owned(pid).orElse(null);
		if (owned != null) {
			return await(pid, owned.programExit(), timeout, owned.child().warnings());
		}
		ProcessEntry entry = this.os.entry(pid);
		Map.Entry<ProcessKey, ExitStatus> kept = this.trees.keptStatus(pid).orElse(null);
		if (kept != null && (entry == null || isStillTheSame(entry, kept.getKey()))) {
			return exited(pid, kept.getValue(), List.of());
		}
		if (entry == null) {
			throw SystemSysprims.gone(pid);
		}
		if (entry.ended()) {
			return exited(pid, ExitStatus.UNKNOWN, List.of(UNKNOWN));
		}
		return awaitStranger(entry.key(), timeout);
	}

	/**
	 * A zombie that is not reaped yet. Whoever lives is another, even one that was born
	 * in the same tick of the kernel's clock.
	 */
	private static boolean isStillTheSame(ProcessEntry entry, ProcessKey exited) {
		return entry.ended() && entry.key().equals(exited);
	}

	private WaitPidResult awaitStranger(ProcessKey key, Duration timeout) throws InterruptedException {
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = this.os.pin(key, exit::complete)) {
			WaitPidResult result = await(key.pid(), exit, timeout, pin.warning().map(List::of).orElse(List.of()));
			return ExitStatus.UNKNOWN.equals(exit.getNow(null)) ? withWarning(result) : result;
		}
	}

	private WaitPidResult withWarning(WaitPidResult result) {
		List<String> warnings = new ArrayList<>(result.warnings());
		warnings.add(UNKNOWN);
		return result.exited() ? exited(result.pid(), ExitStatus.UNKNOWN, warnings) : result;
	}

	private WaitPidResult await(long pid, CompletableFuture<ExitStatus> exit, Duration timeout, List<String> warnings)
			throws InterruptedException {
		long nanos = ((timeout.compareTo(LONGEST) < 0) ? timeout : LONGEST).toNanos();
		try {
			return exited(pid, exit.get(nanos, TimeUnit.NANOSECONDS), warnings);
		}
		catch (TimeoutException ex) {
			return new WaitPidResult(this.os.sweeper().now(), this.os.platform().os(), pid, false, true, null, null,
					warnings);
		}
		catch (ExecutionException ex) {
			throw Failures.asUnchecked(ex);
		}
	}

	private WaitPidResult exited(long pid, ExitStatus status, List<String> warnings) {
		return new WaitPidResult(this.os.sweeper().now(), this.os.platform().os(), pid, true, false, status.exitCode(),
				status.signal(), warnings);
	}

}
