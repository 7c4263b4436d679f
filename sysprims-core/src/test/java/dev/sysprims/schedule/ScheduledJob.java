package dev.sysprims.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import dev.sysprims.simulation.SimulatedChild;
import dev.sysprims.simulation.SimulatedContainer;
import dev.sysprims.simulation.SimulatedSystem;
import dev.sysprims.tree.EndCause;
import dev.sysprims.tree.OwnedTree;
import dev.sysprims.tree.TreeEnd;
import dev.sysprims.tree.TreeListener;
import org.jspecify.annotations.Nullable;

/** A job of the world: holds its tree to the rules while it lives and when it ends. */
final class ScheduledJob implements TreeListener {

	/** What scans, signals and the last bytes of output may take beyond the timeouts. */
	private static final Duration SLACK = Duration.ofMillis(60);

	/** How long it may take until a tree that is waited for is looked over again. */
	private static final Duration WAITING = Duration.ofMillis(1_300);

	/**
	 * Where scans are shared nobody outside can say which table a tree has read: whoever
	 * has lived as long as this was in every one that counts.
	 */
	private static final Duration SETTLED = Duration.ofMillis(40);

	private final SimulatedSystem system;

	private final Schedule schedule;

	private final Leftovers leftovers;

	private final TerminateTreeConfig config;

	private final List<Actor> members = new ArrayList<>();

	private final List<CompletableFuture<TreeEnd>> calls = new ArrayList<>();

	private @Nullable OwnedTree tree;

	private @Nullable Sight sight;

	private @Nullable TreeEnd end;

	private long due = Long.MAX_VALUE;

	private boolean endingHeard;

	private boolean adopted;

	private int signalsAtTheEnd;

	/** A job that is to be started. */
	ScheduledJob(SimulatedSystem system, Schedule schedule, Leftovers leftovers, TerminateTreeConfig config) {
		this.system = system;
		this.schedule = schedule;
		this.leftovers = leftovers;
		this.config = config;
	}

	Leftovers leftovers() {
		return this.leftovers;
	}

	TerminateTreeConfig config() {
		return this.config;
	}

	/** The tree runs. */
	Actor started(OwnedTree tree) {
		this.tree = tree;
		Actor leader = new Actor(((SimulatedChild) tree.child()).process(), this, null,
				this.system.sweeper().nanoTime());
		this.sight = new Sight(leader.key().pid(), this.members);
		return leader;
	}

	void born(Actor member) {
		this.members.add(member);
	}

	void shown(ProcessTable table) {
		if (this.sight != null) {
			// When the leader is given up everything has been decided.
			if (child().isGivenUp()) {
				this.sight.decided();
			}
			this.sight.shown(table, this.system.proc().areLinesReadable());
		}
	}

	void terminate(TerminateTreeConfig config, EndCause cause) {
		if (this.calls.isEmpty() && !this.endingHeard) {
			this.due = Long.MAX_VALUE;
		}
		this.calls.add(tree().terminate(config, cause));
		dueWithin(config.graceTimeout().plus(config.killTimeout()));
	}

	OwnedTree tree() {
		if (this.tree == null) {
			throw new IllegalStateException("The job was not started");
		}
		return this.tree;
	}

	Optional<SimulatedContainer> container() {
		return Optional.ofNullable(child().container());
	}

	private SimulatedChild child() {
		return (SimulatedChild) tree().child();
	}

	/** From now on every member exits by itself, within this time. */
	void fades(Duration time) {
		dueWithin(time.plus(WAITING).plus(this.config.graceTimeout()).plus(this.config.killTimeout().multipliedBy(2)));
	}

	private Sight sight() {
		if (this.sight == null) {
			throw new IllegalStateException("The job was not started");
		}
		return this.sight;
	}

	boolean isOver() {
		return this.end != null;
	}

	@Nullable TreeEnd end() {
		return this.end;
	}

	private void dueWithin(Duration time) {
		this.due = Math.min(this.due, this.system.sweeper().nanoTime() + time.plus(SLACK).toNanos());
	}

	@Override
	public void programExited(ExitStatus status) {
		if (this.leftovers != Leftovers.WAIT && this.calls.isEmpty()) {
			// While nothing can be read it is looked over again, as long as a kill may
			// take.
			dueWithin(this.config.killTimeout().plus(this.config.graceTimeout()).plus(this.config.killTimeout()));
		}
	}

	@Override
	public void ending() {
		require(!this.endingHeard, Rule.CALLS_AGREE, "the ending began twice");
		require(signals() == 0, Rule.NOBODY_ELSE, "members were signalled before the tree was to be ended");
		this.endingHeard = true;
	}

	@Override
	public void ended(TreeEnd end) {
		require(this.end == null, Rule.CALLS_AGREE, "the end was told twice");
		this.end = end;
		this.adopted = this.system.adoptsOrphans();
		this.signalsAtTheEnd = signals();
		require(this.system.sweeper().nanoTime() <= this.due, Rule.WITHIN_BUDGET, "the end came too late, "
				+ Duration.ofNanos(this.system.sweeper().nanoTime() - this.due) + " after all that was granted");
		require(end.termination() != null || signals() == 0, Rule.REPORT_IS_TRUE,
				"members were signalled though nothing is said to have been done");
		checkReport(end);
		checkReliability(end);
		checkMembers(end);
	}

	private void checkReport(TreeEnd end) {
		boolean blind = isBlind(end);
		require(end.termination() == null || end.termination().exited() == end.verifiedEmpty(), Rule.REPORT_IS_TRUE,
				"'exited' is not what was verified");
		require(!end.verifiedEmpty() || end.survivors().isEmpty(), Rule.REPORT_IS_TRUE,
				"a tree is called empty and names survivors");
		if (!end.verifiedEmpty() && end.termination() != null) {
			require(blind || !end.survivors().isEmpty(), Rule.SURVIVORS_ARE_NAMED,
					"a tree is not empty and names nobody");
			require(!end.warnings().isEmpty(), Rule.REPORT_IS_TRUE, "a tree is not empty and warns of nothing");
		}
		if (!end.verifiedEmpty() && end.termination() == null && this.leftovers != Leftovers.LEAVE) {
			require(blind, Rule.REPORT_IS_TRUE, "a tree is left though nothing allows it");
		}
		Set<ProcessKey> own = new HashSet<>();
		Set<ProcessKey> living = new HashSet<>();
		Set<ProcessKey> survivors = end.survivors().stream().map(this::keyOf).collect(Collectors.toSet());
		for (Actor member : this.members) {
			require(blind || !survivors.contains(member.key()) || !member.isAlive() || !isSettled(member)
					|| member.process().wasKilled(), Rule.KILLED_BEFORE_GIVEN_UP,
					"a survivor was given up and never killed: " + member);
			own.add(member.key());
			if (member.isAlive()) {
				living.add(member.key());
			}
		}
		List<TreeMember> named = new ArrayList<>(end.leftovers());
		if (end.termination() != null) {
			named.addAll(end.termination().members());
		}
		for (TreeMember member : named) {
			ProcessKey key = keyOf(member);
			require(own.contains(key), Rule.NOBODY_ELSE, "somebody else's is named as a member: " + member);
			boolean ended = member.outcome() == MemberOutcome.EXITED || member.outcome() == MemberOutcome.KILLED;
			require(!ended || !living.contains(key), Rule.REPORT_IS_TRUE,
					"it lives and is said to have ended: " + member);
		}
	}

	private void checkReliability(TreeEnd end) {
		boolean held = container().isPresent();
		boolean movers = this.members.stream().anyMatch(Actor::hasMovedOut);
		require((end.reliability() == TreeKillReliability.GUARANTEED) == (held && this.schedule.isNeverBlind())
				|| (held && (movers || !this.schedule.isNeverBlind())), Rule.REPORT_IS_TRUE,
				"it is said to be " + end.reliability() + (held ? " though" : " and not") + " held by the kernel");
	}

	private static boolean isBlind(TreeEnd end) {
		return end.warnings().stream().anyMatch((warning) -> warning.contains("could not be verified"));
	}

	private void checkMembers(TreeEnd end) {
		Set<ProcessKey> named = new HashSet<>();
		end.survivors().forEach((member) -> named.add(keyOf(member)));
		end.leftovers().forEach((member) -> named.add(keyOf(member)));
		boolean blind = isBlind(end);
		for (Actor member : this.members) {
			if (member.isAlive() && !named.contains(member.key())) {
				if (member.isHeld()) {
					require(!end.verifiedEmpty(), Rule.EMPTY_IS_EMPTY, "the kernel still holds " + member);
					require(blind || !isSettled(member), Rule.SURVIVORS_ARE_NAMED,
							"the kernel holds and nobody names " + member);
				}
				else if (this.schedule.hasOneJob()) {
					// Whom nobody can tell from a stranger is not named, and the end
					// blind.
					require(!sight().wasInSight(member) || (blind && !this.schedule.hasLinesReadable()), lie(end),
							"it was in sight, lives, and is not named: " + member);
					require(!end.verifiedEmpty() || isExcused(member), Rule.EMPTY_IS_EMPTY,
							"it lives in a tree that is called empty: " + member);
				}
				else {
					require(blind || member.hasMovedOut() || !sight().hasLastingBond(member) || !isSettled(member),
							lie(end), "it had a bond all the time, lives, and is not named: " + member);
				}
			}
		}
	}

	private static Rule lie(TreeEnd end) {
		return end.verifiedEmpty() ? Rule.EMPTY_IS_EMPTY : Rule.SURVIVORS_ARE_NAMED;
	}

	private boolean isSettled(Actor member) {
		return this.system.sweeper().nanoTime() - member.born() > SETTLED.toNanos();
	}

	/**
	 * The ways out of sight. Of the session tier: every bond to the leader was cut before
	 * a table showed one, and nothing is carried; or it ran ahead of two scans in a row.
	 * Of the container: it moved itself out while the one look for such was going on.
	 */
	private boolean isExcused(Actor member) {
		return sight().wasThereAtTheLastScan(member) || sight().ranAheadOfTwoScans(member)
				|| !sight().hadParentInSight(member) || member.hasMovedOut();
	}

	boolean isLeaderZombie() {
		return this.members.get(0).process().isZombie();
	}

	/** When the world is over. */
	void checkAfterwards() {
		require(!isLeaderZombie(), Rule.NO_ZOMBIE, "the leader is a zombie: " + this.members.get(0));
		require(signals() == this.signalsAtTheEnd, Rule.NOBODY_ELSE, "members were signalled after the tree was over");
		container().ifPresent((container) -> require(
				(container.isRemoved() && container.watchers() == 0)
						|| this.members.stream().anyMatch((m) -> m.isAlive() && m.process().container() != null),
				Rule.NO_LEAK, "nobody is in its container, and it is not removed or still watched"));
		for (CompletableFuture<TreeEnd> call : this.calls) {
			require(call.getNow(null) == this.end, Rule.CALLS_AGREE, "a call got another answer than the listener");
		}
		require(tree().end().getNow(null) == this.end, Rule.CALLS_AGREE, "the tree has another end than the listener");
		require(tree().programExit().isDone(), Rule.WITHIN_BUDGET, "the program's exit was never told");
	}

	/**
	 * Where orphans come to this JVM, it reaps those that it could know as its own: what
	 * a zombie carried cannot be read any more.
	 */
	void checkZombies() {
		for (Actor member : this.members) {
			require(!member.process().isZombie() || !this.schedule.hasOneJob() || !this.adopted
					|| !sight().isSurelyInSight(member), Rule.NO_ZOMBIE, "it is a zombie: " + member);
		}
	}

	private ProcessKey keyOf(TreeMember member) {
		return new ProcessKey(member.identity().pid(), member.identity().start());
	}

	private int signals() {
		return this.members.stream().mapToInt((member) -> member.process().received().size()).sum();
	}

	private void require(boolean holds, Rule rule, String what) {
		if (!holds) {
			throw new Violation(rule, what);
		}
	}

	@Override
	public String toString() {
		return "job " + this.members.get(0).key() + " " + this.end + " "
				+ this.members.stream().map((member) -> member + "" + member.process().received()).toList();
	}

}
