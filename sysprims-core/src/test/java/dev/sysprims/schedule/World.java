package dev.sysprims.schedule;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.process.Command;
import dev.sysprims.process.Containment;
import dev.sysprims.process.FirstSignal;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.simulation.SimulatedContainer;
import dev.sysprims.simulation.SimulatedProcess;
import dev.sysprims.simulation.SimulatedSystem;
import dev.sysprims.tree.EndCause;
import dev.sysprims.tree.ProcessTrees;
import dev.sysprims.tree.TreePolicy;
import org.jspecify.annotations.Nullable;

/** The real policy in a world that follows a schedule. */
final class World {

	/** Few, so that numbers are reused soon. */
	private static final int PIDS = 48;

	private final Schedule schedule;

	private final SimulatedSystem system;

	private final ObservedSystem observed;

	private final Blindness blindness;

	private final ProcessTrees trees;

	private final List<Actor> actors = new ArrayList<>();

	private final List<Actor> siblings = new ArrayList<>();

	/** Of numbers that passed on while a table was read. */
	private final Set<Actor> heirs = new HashSet<>();

	private final List<ScheduledJob> jobs = new ArrayList<>();

	private final List<CompletableFuture<List<ProcessEntry>>> looks = new ArrayList<>();

	private Containment containment = Containment.SESSION;

	private boolean fading;

	private boolean adopting;

	World(Schedule schedule) {
		this(schedule, (system) -> system);
	}

	/** A world with a flaw between the policy and the system. */
	World(Schedule schedule, UnaryOperator<OperatingSystem> flaw) {
		this.schedule = schedule;
		this.system = new SimulatedSystem(schedule.seed(), PIDS);
		this.blindness = new Blindness(this.system);
		this.observed = new ObservedSystem(flaw.apply(this.system));
		this.observed.readBy((table) -> this.jobs.forEach((job) -> job.shown(table)));
		this.trees = new ProcessTrees(this.observed);
	}

	/**
	 * Lets everything happen.
	 * @return all that came of it, to be compared
	 * @throws Violation of the first rule that did not hold
	 */
	String run() {
		try {
			for (Step step : this.schedule.steps()) {
				this.system.in(Duration.ofNanos(step.at() * 1_000L), () -> happen(step));
			}
			int last = this.schedule.steps().stream().mapToInt(Step::at).max().orElse(0);
			this.system.runFor(Duration.ofNanos((last + 1) * 1_000L));
			if (!this.fading) {
				this.jobs.stream()
					.filter((job) -> !job.isOver())
					.forEach((job) -> job.terminate(job.config(), EndCause.TERMINATED));
			}
			this.system.runUntil(() -> this.jobs.stream().allMatch(ScheduledJob::isOver));
			this.system.runFor(Duration.ofMillis(this.fading ? 320 : 20));
			// The exit of a leader that was given up is told a moment after it happened.
			for (int i = 0; i < this.jobs.size() && this.jobs.stream().anyMatch(ScheduledJob::isLeaderZombie); i++) {
				this.system.runFor(Duration.ofMillis(5));
			}
			if (this.adopting) {
				// Those that outlive their trees are looked for ever more seldom.
				this.system.runFor(Duration.ofMinutes(3));
				this.jobs.forEach(ScheduledJob::checkZombies);
			}
			check();
			return this.system.sweeper().nanoTime() + " " + this.system.scans() + " " + this.jobs;
		}
		catch (Violation ex) {
			throw ex;
		}
		catch (RuntimeException | AssertionError ex) {
			throw new Violation(Rule.NO_FAILURE, ex.toString(), ex);
		}
	}

	private void check() {
		for (ScheduledJob job : this.jobs) {
			if (!job.isOver()) {
				throw new Violation(Rule.WITHIN_BUDGET, "a tree never comes to its end");
			}
			job.checkAfterwards();
		}
		for (Actor actor : this.actors) {
			if (actor.job() == null && !actor.process().received().isEmpty()) {
				throw new Violation(Rule.NOBODY_ELSE,
						"somebody else's " + actor + " was signalled: " + actor.process().received());
			}
		}
		for (Actor sibling : this.siblings) {
			if (!sibling.isAlive() && !sibling.process().isZombie()) {
				throw new Violation(Rule.NOBODY_ELSE, "a child of other code was reaped: " + sibling);
			}
		}
		for (SimulatedProcess process : this.system.processes()) {
			if ((process.pid() == 1 || process == this.system.jvm()) && !process.received().isEmpty()) {
				throw new Violation(Rule.NOBODY_ELSE, "init or this JVM was signalled: " + process.received());
			}
		}
		if (!this.system.watchdog().guarded().isEmpty()) {
			throw new Violation(Rule.NO_LEAK, "trees that are over are guarded still");
		}
		if (!this.looks.stream().allMatch(CompletableFuture::isDone)) {
			throw new Violation(Rule.WITHIN_BUDGET, "a question for the members was never answered");
		}
		if (this.observed.openPins() != 0) {
			throw new Violation(Rule.NO_LEAK, this.observed.openPins() + " pins are still open");
		}
	}

	private void happen(Step step) {
		switch (step.action()) {
			case START_END -> start(Leftovers.END, step);
			case START_WAIT -> start(Leftovers.WAIT, step);
			case START_LEAVE -> start(Leftovers.LEAVE, step);
			case STRANGER -> stranger(this.system::stranger);
			case SIBLING -> {
				if (this.system.hasRoom()) {
					Actor sibling = new Actor(this.system.otherChild(), null, null, now());
					born(sibling);
					this.siblings.add(sibling);
				}
			}
			case CHURN -> churn(step.first(), step.second());
			case UNREADABLE -> this.blindness.comes(step.first(), step.second() == 1);
			case CONTAIN -> contain(step.first());
			case ADOPT -> {
				this.adopting = true;
				this.system.adopting();
			}
			case FADE -> fade(step.first());
			case LOOK, TERMINATE, TERMINATE_LEADER_FIRST, TIME_OUT, CUT_GRACE, BREAK_CONTAINER, WITHOUT_KILL -> {
				if (!this.jobs.isEmpty()) {
					call(this.jobs.get(step.actor() % this.jobs.size()), step);
				}
			}
			default -> {
				List<Actor> living = this.actors.stream().filter(Actor::isAlive).toList();
				if (!living.isEmpty()) {
					act(living.get(step.actor() % living.size()), step);
				}
			}
		}
	}

	private void act(Actor actor, Step step) {
		SimulatedProcess process = actor.process();
		switch (step.action()) {
			case TAKE_OVER -> takeOver(actor, step.first());
			case TAKE_OVER_BEHIND -> this.system.proc()
				.duringNextScan(() -> this.system.in(Duration.ofNanos(step.second() * 1_000L),
						() -> takeOver(actor, step.first())));
			case TAKE_SESSION_BEHIND -> this.system.proc()
				.duringNextScan(
						() -> this.system.in(Duration.ofNanos(step.first() * 1_000L), () -> takeSession(actor)));
			case FORK -> fork(actor);
			case BURST -> burst(actor, step.first());
			case SETSID -> setsid(actor);
			case OWN_GROUP -> process.ownGroup();
			case IGNORE -> process.ignore(Signal.TERM);
			case STOP -> process.stop();
			case FORBID -> process.forbid();
			case HOLD -> process.holdForGood().ignore(Signal.TERM);
			case WIPE -> actor.wipe();
			case CLOSE_PIPES -> actor.closePipes();
			case MOVE_OUT -> actor.moveOut();
			case EXIT -> exit(actor, step.actor() % 3);
			case FORK_AND_EXIT -> forkAndExit(actor);
			case DAEMON -> daemon(actor);
			case RELAY -> relay(actor, step.first(), step.second());
			case ON_TERM_FORK_AND_EXIT -> process.onTerm(() -> forkAndExit(actor));
			case ON_TERM_DAEMON_AND_EXIT -> process.onTerm(() -> {
				daemon(actor);
				process.exit(0);
			});
			case ON_TERM_BURST -> process.onTerm(() -> burst(actor, step.first()));
			case ON_TERM_EXIT_LATER ->
				process.onTerm(() -> this.system.in(Duration.ofMillis(step.first()), () -> process.exit(0)));
			case FORK_BEHIND -> this.system.proc().duringNextScan(() -> fork(actor));
			case FLEE_BEHIND -> this.system.proc().duringNextScan(() -> forkAndExit(actor));
			default -> throw new IllegalStateException("Nobody does this: " + step);
		}
	}

	private void call(ScheduledJob job, Step step) {
		TerminateTreeConfig config = config(step);
		switch (step.action()) {
			case LOOK -> this.looks.add(job.tree().members());
			case TERMINATE -> job.terminate(config, EndCause.TERMINATED);
			case TERMINATE_LEADER_FIRST ->
				job.terminate(config.toBuilder().first(FirstSignal.LEADER).build(), EndCause.TERMINATED);
			case TIME_OUT -> job.terminate(config, EndCause.TIMED_OUT);
			case BREAK_CONTAINER -> job.container().ifPresent(SimulatedContainer::unreadable);
			case WITHOUT_KILL -> job.container().ifPresent(SimulatedContainer::withoutKill);
			default -> job.tree().cutGrace();
		}
	}

	private void fade(int millis) {
		this.fading = true;
		this.jobs.forEach((job) -> job.fades(Duration.ofMillis(millis)));
		this.actors.stream().filter((actor) -> actor.job() != null).forEach((actor) -> {
			long moment = (actor.key().pid() * 7919 + actor.key().start() * 104_729) % (millis * 1_000_000L + 1);
			this.system.in(Duration.ofNanos(moment), () -> actor.process().exit(0));
		});
	}

	private static TerminateTreeConfig config(Step step) {
		return TerminateTreeConfig.builder()
			.graceTimeout(Duration.ofMillis(step.first()))
			.killTimeout(Duration.ofMillis(step.second() + 1L))
			.build();
	}

	private void start(Leftovers leftovers, Step step) {
		if (this.system.hasRoom() && !this.fading) {
			ScheduledJob job = new ScheduledJob(this.system, this.schedule, leftovers, config(step));
			SpawnRequest request = new SpawnRequest(Command.of("simulated"), new ChildInput.Empty(),
					new ChildOutput.Discard(), new ChildOutput.Discard(), this.containment, AtJvmDeath.END);
			Actor leader = job.started(this.trees.start(request, new TreePolicy(leftovers, job.config()), job).join());
			born(leader);
			this.jobs.add(job);
		}
	}

	private void stranger(Supplier<SimulatedProcess> origin) {
		if (this.system.hasRoom()) {
			born(new Actor(origin.get(), null, null, now()));
		}
	}

	private void churn(int times, int micros) {
		if (times > 0 && this.system.hasRoom()) {
			SimulatedProcess passing = this.system.churn();
			born(new Actor(passing, null, null, now()));
			this.system.in(Duration.ofNanos((micros + 1) * 1_000L), () -> {
				passing.exit(0);
				churn(times - 1, micros);
			});
		}
	}

	private void contain(int held) {
		this.containment = (held == 1) ? Containment.AUTO : Containment.SESSION;
		if (held == 1) {
			this.system.contained();
		}
	}

	private long now() {
		return this.system.sweeper().nanoTime();
	}

	private void takeOver(Actor actor, int children) {
		if (actor.isAlive() && this.system.hasRoom() && mayEnd(actor)) {
			this.system.vanish(actor.process());
			succeed(actor.process().pid(), children);
		}
	}

	private void takeSession(Actor actor) {
		List<Actor> session = this.actors.stream()
			.filter((other) -> other.isAlive() && other.process().sid() == actor.process().sid())
			.toList();
		if (!session.isEmpty() && this.system.hasRoom() && session.stream().allMatch(this::mayEnd)) {
			session.forEach((member) -> this.system.vanish(member.process()));
			succeed(actor.process().sid(), session.size());
		}
	}

	private void succeed(long number, int children) {
		Actor heir = new Actor(this.system.strangerWith(number), null, null, now());
		born(heir);
		if (this.system.proc().isReading()) {
			this.heirs.add(heir);
		}
		burst(heir, children);
	}

	/**
	 * Numbers are given in a circle ({@code alloc_pid} of the kernel). That one goes once
	 * around while a table is read is as much as a world can do: whoever was given a
	 * number meanwhile outlives the reading.
	 */
	private boolean mayEnd(Actor actor) {
		if (!this.system.proc().isReading()) {
			this.heirs.clear();
		}
		return !this.heirs.contains(actor);
	}

	private void exit(Actor actor, int code) {
		if (mayEnd(actor)) {
			actor.process().exit(code);
		}
	}

	private @Nullable Actor fork(Actor actor) {
		if (!actor.isAlive() || !this.system.hasRoom() || (this.fading && actor.job() != null)) {
			return null;
		}
		Actor child = new Actor(actor.process().fork(), actor.job(), actor, now());
		born(child);
		return child;
	}

	private void born(Actor actor) {
		this.actors.add(actor);
		if (actor.job() != null) {
			actor.job().born(actor);
		}
	}

	private void burst(Actor actor, int children) {
		for (int i = 0; i < children; i++) {
			fork(actor);
		}
	}

	/** As the kernel does: whoever leads a group cannot. */
	private void setsid(Actor actor) {
		if (actor.process().pgid() != actor.process().pid()) {
			actor.process().setsid();
		}
	}

	private @Nullable Actor forkAndExit(Actor actor) {
		Actor child = fork(actor);
		exit(actor, 0);
		return child;
	}

	private void daemon(Actor actor) {
		Actor between = fork(actor);
		if (between != null) {
			setsid(between);
			forkAndExit(between);
		}
	}

	private void relay(Actor actor, int times, int micros) {
		if (times > 0 && actor.isAlive()) {
			Actor next = forkAndExit(actor);
			if (next != null) {
				this.system.in(Duration.ofNanos((micros + 1) * 1_000L), () -> relay(next, times - 1, micros));
			}
		}
	}

}
