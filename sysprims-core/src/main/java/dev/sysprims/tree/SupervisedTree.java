package dev.sysprims.tree;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.Watchdog;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/**
 * The life of a tree of ours: it runs; its program exits and the tree is looked over for
 * leftovers; or it is ended. The leader is reaped last of all, because its zombie keeps
 * the numbers of its group and session taken. All state is confined to the sweeper.
 */
final class SupervisedTree implements OwnedTree {

	private enum Phase {

		LIVE, LOOKING_OVER, WAITING, ENDING, OVER

	}

	private final Surroundings surroundings;

	private final OperatingSystem os;

	private final Sweeper sweeper;

	private final SpawnedChild child;

	private final TreePolicy policy;

	private final TreeListener listener;

	private final Runnable beforeReaping;

	private final Watchdog.Guard guard;

	private final MemoryVerdict memory;

	private final Roster roster;

	private final List<String> warnings;

	/** Whether tables are to be read for it while it lives. */
	private boolean isFollowed;

	private final CompletableFuture<TreeEnd> end = new CompletableFuture<>();

	private final CompletableFuture<ExitStatus> programExit = new CompletableFuture<>();

	private Phase phase = Phase.LIVE;

	private EndCause cause = EndCause.EXITED;

	private List<Member> leftovers = List.of();

	private List<Member> notVerified = List.of();

	private long lookedOverSince;

	private @Nullable Long lookingSince;

	private boolean verifiedEmpty;

	private volatile boolean killSent;

	private @Nullable Ending ending;

	SupervisedTree(Surroundings surroundings, SpawnedChild child, TreePolicy policy, TreeListener listener,
			Runnable beforeReaping) {
		this.surroundings = surroundings;
		this.os = surroundings.os();
		this.sweeper = this.os.sweeper();
		this.child = child;
		this.policy = policy;
		this.listener = listener;
		this.beforeReaping = beforeReaping;
		this.guard = (child.atJvmDeath() == AtJvmDeath.SURVIVE) ? Watchdog.Guard.NONE : this.os.watchdog().guard(child);
		this.memory = new MemoryVerdict(child.container());
		this.roster = Roster.owned(surroundings, child, this.guard);
		this.warnings = TreeWarnings.standing(this.os, child);
		if (child.container() == null || this.os.adoptsOrphans()) {
			follow();
		}
	}

	private void follow() {
		this.isFollowed = true;
		this.surroundings.ledger().follow();
	}

	@Override
	public SpawnedChild child() {
		return this.child;
	}

	@Override
	public CompletableFuture<TreeEnd> end() {
		return this.end;
	}

	@Override
	public CompletableFuture<ExitStatus> programExit() {
		return this.programExit;
	}

	@Override
	public TreeKillReliability reliability() {
		return this.roster.isGuaranteed() ? TreeKillReliability.GUARANTEED : TreeKillReliability.BEST_EFFORT;
	}

	@Override
	public List<String> warnings() {
		return this.warnings;
	}

	/**
	 * A table that was read while it lives: whoever is seen now is known at the end.
	 * @return whether it shows a member that was not known
	 */
	boolean look(ProcessTable table) {
		return this.isFollowed && this.phase != Phase.OVER && this.roster.learn(table);
	}

	@Override
	public CompletableFuture<TreeEnd> terminate(TerminateTreeConfig config, EndCause cause) {
		this.sweeper.execute(() -> {
			if (this.ending != null) {
				this.ending.join(config);
			}
			else if (this.phase != Phase.OVER) {
				if (this.phase != Phase.LOOKING_OVER) {
					this.cause = cause;
				}
				startEnding(config);
			}
		});
		return this.end;
	}

	@Override
	public SignalOutcome signal(Signal signal) {
		boolean before = this.killSent;
		boolean kill = Signal.KILL.equals(signal);
		// Before it is sent: the exit may be seen at once.
		this.killSent |= kill;
		SignalOutcome sent = this.child.signal(signal);
		if (kill && sent != SignalOutcome.SENT) {
			this.killSent = before;
		}
		return sent;
	}

	/** Whether the program may have died of a kill signal of ours. */
	private boolean isKilledHere() {
		Ending ending = this.ending;
		return this.killSent || (ending != null && (Signal.KILL.equals(ending.config().signal())
				|| (ending.escalated() && Signal.KILL.equals(ending.config().killSignal()))));
	}

	@Override
	public void cutGrace() {
		this.sweeper.execute(() -> {
			if (this.ending != null) {
				this.ending.cutGrace();
			}
		});
	}

	@Override
	public CompletableFuture<List<ProcessEntry>> members() {
		CompletableFuture<List<ProcessEntry>> members = new CompletableFuture<>();
		this.sweeper.execute(() -> {
			if (this.phase == Phase.OVER) {
				members.complete(List.of());
			}
			else {
				this.roster.peek((living) -> {
					members.complete(living.stream().map(Member::entry).toList());
					if (!this.isFollowed && !this.roster.isGuaranteed() && this.phase != Phase.OVER) {
						follow();
					}
				}, members::completeExceptionally);
			}
		});
		return members;
	}

	/** The program has exited; it is a zombie now. */
	void programExited(ExitStatus status) {
		if (this.phase == Phase.OVER) {
			return;
		}
		this.listener.programExited(status);
		this.memory.programEnded(status, isKilledHere());
		if (this.phase == Phase.LIVE) {
			this.phase = Phase.LOOKING_OVER;
			this.lookedOverSince = this.sweeper.nanoTime();
			lookOver();
		}
		this.roster.rootEnded();
	}

	private void lookOver() {
		if (isLookedOver()) {
			if (this.lookingSince == null) {
				this.lookingSince = this.sweeper.nanoTime();
			}
			survey(this::lookedInside);
		}
	}

	private void survey(Consumer<List<Member>> living) {
		this.roster.survey(() -> patience() <= 0, living, this::lookedInVain);
	}

	/** How long there may still be looked in vain for leftovers, in nanoseconds. */
	private long patience() {
		long now = this.sweeper.nanoTime();
		long since = (this.lookingSince != null) ? this.lookingSince : now;
		return since + this.policy.ending().killTimeout().toNanos() - now;
	}

	/** Only now, when nobody is left inside who could still do so. */
	private void lookedInside(List<Member> living) {
		if (!isLookedOver()) {
			return;
		}
		if (living.isEmpty()) {
			this.roster.lookForMovedOut(this::lookedOver);
		}
		else if (this.policy.leftovers() == Leftovers.LEAVE) {
			// Who moved out is left too, and named; others may have come and gone
			// meanwhile.
			this.roster.lookForMovedOut((moved) -> survey(this::lookedAgain));
		}
		else {
			lookedOver(living);
		}
	}

	private void lookedAgain(List<Member> living) {
		if (living.isEmpty()) {
			lookedInside(living);
		}
		else {
			lookedOver(living);
		}
	}

	private boolean isLookedOver() {
		return this.phase == Phase.LOOKING_OVER || this.phase == Phase.WAITING;
	}

	private void lookedOver(List<Member> living) {
		if (!isLookedOver()) {
			return;
		}
		this.lookingSince = null;
		if (this.phase == Phase.LOOKING_OVER) {
			this.leftovers = List.copyOf(living);
		}
		if (living.isEmpty()) {
			this.verifiedEmpty = true;
			over(List.of());
		}
		else if (this.policy.leftovers() == Leftovers.LEAVE) {
			living.forEach(Member::leave);
			over(List.of());
		}
		else if (this.policy.leftovers() == Leftovers.WAIT) {
			this.phase = Phase.WAITING;
			waitFor(living);
		}
		else {
			startEnding(this.policy.ending());
		}
	}

	private void waitFor(List<Member> living) {
		this.roster.follow(() -> {
			if (this.phase == Phase.WAITING && this.roster.members().stream().noneMatch((m) -> m.pin() != null)) {
				lookOver();
			}
		});
		if (!this.roster.watch(living, true)) {
			this.sweeper.schedule(this.sweeper.nanoTime() + RescanInterval.WHILE_WAITING.toNanos(), this::lookOver);
		}
	}

	private void lookedInVain(SysprimsException reason) {
		if (!isLookedOver()) {
			return;
		}
		long patience = patience();
		if (patience > 0) {
			this.sweeper.schedule(this.sweeper.nanoTime() + Math.min(patience, RescanInterval.LONGEST.toNanos()),
					this::lookOver);
		}
		else {
			this.notVerified = this.roster.living();
			over(List.of(Termination.NOT_VERIFIED + reason.getMessage()));
		}
	}

	private void startEnding(TerminateTreeConfig config) {
		this.phase = Phase.ENDING;
		this.listener.ending();
		this.ending = new Ending(this.sweeper, this.roster, RootSignals.of(this.child), true, config, this::ended);
		this.ending.begin();
	}

	private void ended(Ending ending) {
		this.verifiedEmpty = ending.verifiedEmpty();
		over(List.of());
	}

	private void over(List<String> further) {
		this.phase = Phase.OVER;
		this.roster.release();
		this.guard.close();
		this.beforeReaping.run();
		Reaped reaped = this.child.reap();
		this.memory.programEnded(reaped.status(), isKilledHere());
		this.memory.treeEnded();
		KernelContainer container = this.child.container();
		if (container != null) {
			EmptyContainer.remove(container, this.sweeper);
		}
		// Output that is in the pipes already belongs to the result; whoever still holds
		// a pipe does not hold up the end.
		this.child.finishStreams(() -> this.sweeper.execute(() -> report(reaped, further)));
	}

	private void report(Reaped reaped, List<String> further) {
		Set<String> warnings = new LinkedHashSet<>(this.warnings);
		warnings.addAll(this.roster.warnings());
		warnings.addAll(further);
		warnings.addAll(this.memory.warnings());
		TerminateTreeResult termination = null;
		long since = this.lookedOverSince;
		List<TreeMember> survivors = this.roster.report(this.notVerified, since);
		if (this.ending != null) {
			termination = Termination.report(this.os, this.roster, this.ending, this.child.identity().pid(),
					this.child.pgid(), reliability(), this.warnings);
			survivors = termination.survivors();
			warnings.addAll(termination.warnings());
			since = this.ending.begun();
		}
		TreeEnd result = new TreeEnd(this.cause, reaped.status(), this.memory.endedProgram(),
				this.memory.completed(reaped.usage()), this.roster.report(this.leftovers, since), survivors,
				termination, this.verifiedEmpty, reliability(), new ArrayList<>(warnings));
		this.programExit.complete(reaped.status());
		this.listener.ended(result);
		this.end.complete(result);
		this.surroundings.treeIsOver(this.roster, this.isFollowed);
	}

}
