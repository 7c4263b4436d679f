package dev.sysprims.tree;

import java.time.Duration;

import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/**
 * A process that was found in a tree, and what is known of it. Confined to the sweeper.
 */
final class Member {

	/** The name of one that was never read. */
	private static final String UNREAD = "";

	private final FoundBy foundBy;

	private ProcessEntry entry;

	private @Nullable PinnedProcess pin;

	private boolean signalled;

	private boolean killed;

	private boolean refused;

	private boolean reused;

	private boolean left;

	private boolean escaped;

	private long endedAt = -1;

	Member(ProcessEntry entry, FoundBy foundBy) {
		this.entry = entry;
		this.foundBy = foundBy;
	}

	/** The line of a leader that nothing was read of yet. */
	static ProcessEntry unread(SpawnedChild child) {
		Long pgid = child.pgid();
		long led = (pgid != null) ? pgid : ProcessEntry.UNKNOWN;
		return new ProcessEntry(child.key(), Targets.SELF, led, led, false, UNREAD);
	}

	ProcessKey key() {
		return this.entry.key();
	}

	ProcessEntry entry() {
		return this.entry;
	}

	FoundBy foundBy() {
		return this.foundBy;
	}

	/**
	 * A later line for the same process: its group, session or parent may have changed.
	 */
	void seen(ProcessEntry entry) {
		this.entry = entry;
	}

	@Nullable PinnedProcess pin() {
		return this.pin;
	}

	void pinned(@Nullable PinnedProcess pin) {
		this.pin = pin;
	}

	boolean hasEnded() {
		return this.endedAt != -1;
	}

	void ended(long nanoTime) {
		if (!hasEnded()) {
			this.endedAt = nanoTime;
		}
	}

	/** Whether it is outside of group and session of the leader, for the first time. */
	boolean hasJustLeft(long leader) {
		boolean left = !this.escaped && this.entry.pgid() != leader && this.entry.sid() != leader;
		this.escaped |= left;
		return left;
	}

	boolean isSignalled() {
		return this.signalled;
	}

	boolean isKilled() {
		return this.killed;
	}

	/** The last signal to it was refused. */
	boolean isRefused() {
		return this.refused;
	}

	void leave() {
		this.left = true;
	}

	/** Notes what came of a signal to it, alone or with its group. */
	void signalled(SignalOutcome outcome, boolean kill) {
		switch (outcome) {
			case SENT -> {
				this.signalled = true;
				this.killed |= kill;
				this.refused = false;
			}
			case NOT_PERMITTED, NOT_SUPPORTED -> this.refused = true;
			case REUSED -> this.reused = true;
			case GONE -> {
			}
		}
	}

	TreeMember report(OperatingSystem os, long since, long now) {
		long until = hasEnded() ? this.endedAt : now;
		String name = this.entry.name().equals(UNREAD) ? null : this.entry.name();
		return new TreeMember(os.identityOf(key()), name, this.foundBy, this.signalled, outcome(),
				Duration.ofNanos(Math.max(0, until - since)));
	}

	private MemberOutcome outcome() {
		if (this.reused) {
			return MemberOutcome.REUSED;
		}
		if (hasEnded()) {
			return (this.killed && !this.refused) ? MemberOutcome.KILLED : MemberOutcome.EXITED;
		}
		if (this.left) {
			return MemberOutcome.LEFT;
		}
		return this.refused ? MemberOutcome.NOT_PERMITTED : MemberOutcome.SURVIVED;
	}

}
