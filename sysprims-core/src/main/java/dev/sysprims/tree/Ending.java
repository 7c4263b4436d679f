package dev.sysprims.tree;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.FirstSignal;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TerminateTreeConfig;
import org.jspecify.annotations.Nullable;

/**
 * One sequence that ends a tree: signal, wait for it to become empty, at the end of grace
 * collect again and kill, scan again while new members appear, wait for empty, report.
 * Driven by surveys, exits of members and two deadlines; confined to the sweeper.
 */
final class Ending {

	private static final int MOST_LAST_KILLS = 3;

	private final Sweeper sweeper;

	private final Roster roster;

	private final MemberSignals signals;

	private final boolean rootIsWatched;

	private final TerminateTreeConfig config;

	private final Outcome outcome;

	private final long begun;

	private long graceDeadline;

	private long killDeadline;

	private Runnable cancelTimer = () -> {
	};

	private Runnable cancelRescan = () -> {
	};

	private Duration rescan = RescanInterval.SHORTEST;

	private boolean surveying;

	private boolean again;

	private boolean killing;

	private boolean lastLook;

	private int lastKills;

	private boolean over;

	private boolean verifiedEmpty;

	/** Anybody was looked at since the grace was over. */
	private boolean killTried;

	private boolean extended;

	private boolean justKilledTogether;

	private boolean killSent;

	private @Nullable SysprimsException blind;

	private @Nullable Signal sentBlindly;

	Ending(Sweeper sweeper, Roster roster, RootSignals rootSignals, boolean rootIsWatched, TerminateTreeConfig config,
			Outcome outcome) {
		this.sweeper = sweeper;
		this.roster = roster;
		this.signals = new MemberSignals(roster, rootSignals, this::refused);
		this.rootIsWatched = rootIsWatched;
		this.config = config;
		this.outcome = outcome;
		this.begun = sweeper.nanoTime();
		this.graceDeadline = this.begun + config.graceTimeout().toNanos();
		this.killDeadline = this.graceDeadline + config.killTimeout().toNanos();
	}

	void begin() {
		this.roster.keepEnded();
		this.roster.follow(this::memberEnded);
		armTimer();
		survey();
	}

	/** A second request: the earlier deadline wins. */
	void join(TerminateTreeConfig other) {
		long now = this.sweeper.nanoTime();
		this.graceDeadline = Math.min(this.graceDeadline, now + other.graceTimeout().toNanos());
		long kill = Math.min(this.config.killTimeout().toNanos(), other.killTimeout().toNanos());
		this.killDeadline = Math.min(this.killDeadline, Math.max(this.graceDeadline, now) + kill);
		armTimer();
	}

	void cutGrace() {
		if (!this.killing) {
			join(this.config.toBuilder().graceTimeout(Duration.ZERO).build());
		}
	}

	private void armTimer() {
		if (!this.over) {
			this.cancelTimer.run();
			this.cancelTimer = this.sweeper.schedule(this.killing ? this.killDeadline : this.graceDeadline,
					this::deadline);
		}
	}

	private void deadline() {
		if (this.over) {
			return;
		}
		if (!this.killing) {
			this.killing = true;
			armTimer();
		}
		else if (!this.killTried && !this.extended) {
			// This JVM was stopped or starved for all that time: nobody has been killed,
			// and a report of survivors would be untrue.
			this.extended = true;
			this.killDeadline = this.sweeper.nanoTime() + this.config.killTimeout().toNanos();
			armTimer();
		}
		else {
			this.lastLook = true;
		}
		survey();
	}

	private void memberEnded() {
		boolean waiting = this.roster.members().stream().anyMatch((member) -> member.pin() != null);
		boolean rootLives = this.rootIsWatched && this.roster.members()
			.stream()
			.anyMatch((member) -> this.roster.isRoot(member) && !member.hasEnded());
		if (!this.over && ((!waiting && !rootLives) || leaderIsFirstAndGone())) {
			survey();
		}
	}

	private boolean leaderIsFirstAndGone() {
		return this.config.first() == FirstSignal.LEADER && !this.killing
				&& this.roster.members().stream().anyMatch((member) -> this.roster.isRoot(member) && member.hasEnded());
	}

	private void survey() {
		this.cancelRescan.run();
		if (this.surveying) {
			this.again = true;
			return;
		}
		this.surveying = true;
		this.roster.survey(() -> this.lastLook, surveyed(this::act), surveyed(this::unreadable));
	}

	private <T> Consumer<T> surveyed(Consumer<T> then) {
		return (what) -> {
			this.surveying = false;
			if (!this.over) {
				then.accept(what);
				if (this.again && !this.over) {
					this.again = false;
					survey();
				}
			}
		};
	}

	private void act(List<Member> living) {
		this.blind = null;
		if (living.isEmpty() || this.lastLook) {
			this.surveying = true;
			this.roster.lookForMovedOut(surveyed((movedOut) -> actOnAll(living, movedOut)));
		}
		else {
			proceed(living);
		}
	}

	private void actOnAll(List<Member> living, List<Member> movedOut) {
		if (living.isEmpty() && movedOut.isEmpty()) {
			this.verifiedEmpty = true;
			finish();
		}
		else if (this.lastLook) {
			atLast(this.roster.living().stream().filter((member) -> !member.isKilled()).toList());
		}
		else {
			proceed(movedOut);
			rescanLater(); // the container, which is empty, has no more events
		}
	}

	/**
	 * Nobody is given up whom no kill was tried on: it was not seen before. Whoever forks
	 * all the time is not waited for.
	 */
	private void atLast(List<Member> spared) {
		boolean tried = this.lastKills > 0 && spared.stream().allMatch(Member::isRefused);
		if (spared.isEmpty() || tried || this.lastKills == MOST_LAST_KILLS) {
			finish();
			return;
		}
		this.lastKills++;
		this.signals.send(spared, this.config.killSignal(), true);
		this.killSent |= spared.stream().anyMatch(Member::isKilled);
		this.rescan = RescanInterval.SHORTEST;
		rescanLater();
	}

	private void proceed(List<Member> living) {
		if (this.killing) {
			kill(living);
		}
		else {
			ask(living);
		}
	}

	private void ask(List<Member> living) {
		List<Member> unasked = living.stream().filter((member) -> !member.isSignalled()).toList();
		if (this.config.first() == FirstSignal.LEADER) {
			List<Member> leader = living.stream().filter(this.roster::isRoot).toList();
			if (!leader.isEmpty()) {
				unasked = leader.stream().filter((member) -> !member.isSignalled()).toList();
				unasked.forEach((member) -> this.signals.sendAlone(member, this.config.signal(), false));
				unasked.forEach(this.signals::resume);
				await(living);
				return;
			}
		}
		this.signals.send(unasked, this.config.signal(), false);
		this.signals.resumeAll(unasked);
		await(living);
	}

	private void kill(List<Member> living) {
		this.killTried = true;
		List<Member> fresh = living.stream().filter((member) -> !member.isKilled()).toList();
		List<Member> outlived = living.stream().filter(Member::isKilled).toList();
		Signal signal = this.config.killSignal();
		boolean together = this.signals.killContained(signal) && this.roster.isGuaranteed();
		boolean tooSoon = together && this.justKilledTogether;
		this.justKilledTogether = together && !fresh.isEmpty();
		if (together) {
			this.signals.completeKill(fresh, signal);
		}
		else {
			this.signals.send(fresh, signal, true);
		}
		// Who outlived a kill of group or container is asked alone: only then is it said
		// who was refused, and cgroup.kill spares a process whose first thread has ended.
		if (!tooSoon) {
			outlived.forEach((member) -> this.signals.sendAlone(member, signal, true));
		}
		if (this.over) {
			return;
		}
		if (fresh.stream().anyMatch(Member::isKilled)) {
			this.killSent = true;
			// Whoever was forked before its parent died is found now.
			await(living);
			survey();
		}
		else {
			await(living);
			rescanLater();
		}
	}

	private void refused() {
		if (this.outcome.refused(this)) {
			close();
		}
	}

	private void await(List<Member> living) {
		if (!this.over && !this.roster.watch(living, this.rootIsWatched)) {
			rescanLater();
		}
	}

	private void rescanLater() {
		this.cancelRescan.run();
		this.cancelRescan = this.sweeper.schedule(this.sweeper.nanoTime() + this.rescan.toNanos(), this::survey);
		this.rescan = RescanInterval.after(this.rescan);
	}

	private void unreadable(SysprimsException reason) {
		this.blind = reason;
		if (this.lastLook) {
			finish();
			return;
		}
		// The group can still be signalled, once in each phase; looking again may help.
		Signal due = this.killing ? this.config.killSignal() : this.config.signal();
		if (!due.equals(this.sentBlindly)) {
			SignalOutcome sent = this.signals.sendToGroup(due, this.killing);
			if (sent != SignalOutcome.NOT_SUPPORTED) {
				this.sentBlindly = due;
				this.killSent |= sent == SignalOutcome.SENT && this.killing;
				this.killTried |= this.killing;
			}
		}
		rescanLater();
	}

	private void finish() {
		close();
		this.outcome.over(this);
	}

	private void close() {
		this.over = true;
		this.signals.stop();
		this.cancelTimer.run();
		this.cancelRescan.run();
		this.roster.release();
	}

	TerminateTreeConfig config() {
		return this.config;
	}

	long begun() {
		return this.begun;
	}

	/** Nobody is left, as surely as the tree's tier can tell. */
	boolean verifiedEmpty() {
		return this.verifiedEmpty;
	}

	/** A kill signal reached a member that was still there after the grace. */
	boolean escalated() {
		return this.killSent;
	}

	/** Why the last look saw nothing, or null when it did see. */
	@Nullable SysprimsException blind() {
		return this.blind;
	}

}
