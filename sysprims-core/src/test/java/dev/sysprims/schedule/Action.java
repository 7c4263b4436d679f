package dev.sysprims.schedule;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What may happen in a world. Each has a weight in the draw and the limits of its two
 * numbers; a number that does not count is 0.
 */
enum Action {

	/** A job begins; what is left behind its program is ended. Grace and kill in ms. */
	START_END(2, 300, 200),

	/** A job begins whose leftovers are waited for. Grace and kill in ms. */
	START_WAIT(1, 300, 200),

	/** A job begins whose leftovers are left. Grace and kill in ms. */
	START_LEAVE(1, 300, 200),

	/** Somebody else's process in a session of its own. */
	STRANGER(2),

	/** A child of this JVM that other code has started. */
	SIBLING(1),

	/** So many strangers one after the other, a new one every so many µs. */
	CHURN(3, 60, 500),

	/**
	 * Exits and is waited for, and its number goes to somebody else's process, who forks
	 * so many children at once.
	 */
	TAKE_OVER(4, 3),

	/** The same in the midst of the next scan, so many µs after it began. */
	TAKE_OVER_BEHIND(4, 3, 600),

	/**
	 * All of a session exit in the midst of the next scan, so many µs after it began, and
	 * its number goes to somebody else's process, who forks as many children.
	 */
	TAKE_SESSION_BEHIND(3, 200),

	FORK(12),

	/** So many children at once, as in a storm of {@code vfork(2)}. */
	BURST(3, 8),

	SETSID(6),

	OWN_GROUP(3),

	IGNORE(6),

	STOP(3),

	/** Signals to it are refused from now on. */
	FORBID(1),

	/** No signal has an effect on it, as in uninterruptible sleep, until it exits. */
	HOLD(1),

	EXIT(8),

	/** Forks and exits in the same moment. */
	FORK_AND_EXIT(4),

	/** Forks twice with a {@code setsid(2)} between, and the one between exits. */
	DAEMON(3),

	/** Runs ahead of a scan: forks and exits, so many times, every so many µs. */
	RELAY(3, 6, 800),

	ON_TERM_FORK_AND_EXIT(3),

	ON_TERM_DAEMON_AND_EXIT(2),

	ON_TERM_BURST(2, 6),

	/** Cleans up for so many ms. */
	ON_TERM_EXIT_LATER(3, 400),

	/** A child is forked when the next scan has listed the numbers. */
	FORK_BEHIND(3),

	/** Forks and exits when the next scan has listed the numbers. */
	FLEE_BEHIND(3),

	/** The table cannot be read for so many ms; 1: no single process either. */
	UNREADABLE(1, 250, 2),

	/** Removes the marker from its environment, as {@code env -i} does. */
	WIPE(3),

	/** Closes the pipes that it was given. */
	CLOSE_PIPES(3),

	/** Leaves the container, as one that may write to the hierarchy can. */
	MOVE_OUT(1),

	/** The container of a job cannot be read any more. */
	BREAK_CONTAINER(1),

	/** The container of a job cannot be killed at once, as before Linux 5.14. */
	WITHOUT_KILL(1),

	/** Jobs that begin from now on are held by the kernel, or not: 1 or 0. */
	CONTAIN(1, 2),

	/** Orphans come to this JVM from now on. */
	ADOPT(1),

	/** Somebody asks for the members of a job. */
	LOOK(3),

	/** Grace and kill in ms. */
	TERMINATE(6, 300, 200),

	/** The first signal goes to the leader only. Grace and kill in ms. */
	TERMINATE_LEADER_FIRST(2, 300, 200),

	/** The job's time is over. Grace and kill in ms. */
	TIME_OUT(2, 300, 200),

	CUT_GRACE(2),

	/**
	 * Drawn as the last of all, if at all: every member exits by itself, within so many
	 * ms, and forks no more, and nobody ends the jobs.
	 */
	FADE(0, 300);

	/** Each as often as its weight. */
	static final List<Action> WEIGHTED = Arrays.stream(values())
		.flatMap((action) -> Collections.nCopies(action.weight, action).stream())
		.toList();

	private final int weight;

	private final int firstBelow;

	private final int secondBelow;

	Action(int weight) {
		this(weight, 1, 1);
	}

	Action(int weight, int firstBelow) {
		this(weight, firstBelow, 1);
	}

	Action(int weight, int firstBelow, int secondBelow) {
		this.weight = weight;
		this.firstBelow = firstBelow;
		this.secondBelow = secondBelow;
	}

	boolean startsAJob() {
		return this == START_END || this == START_WAIT || this == START_LEAVE;
	}

	int firstBelow() {
		return this.firstBelow;
	}

	int secondBelow() {
		return this.secondBelow;
	}

	String text() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static Action of(String text) {
		return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
	}

}
