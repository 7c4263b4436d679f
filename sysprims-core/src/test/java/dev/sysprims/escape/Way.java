package dev.sysprims.escape;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import static dev.sysprims.escape.Ability.BONDS;
import static dev.sysprims.escape.Ability.LEDGER;
import static dev.sysprims.escape.Ability.MARKER;
import static dev.sysprims.escape.Ability.MARKER_OF_THREADS;
import static dev.sysprims.escape.Ability.PIPES;
import static dev.sysprims.escape.Ability.QUIET_TABLE;
import static dev.sysprims.escape.Ability.THREADS;
import static dev.sysprims.escape.Expectation.CLEAN;
import static dev.sysprims.escape.Expectation.ESCAPES_AS_DOCUMENTED;
import static dev.sysprims.escape.Expectation.NOT_OURS;
import static dev.sysprims.escape.Expectation.REPORTED;

/**
 * A way out of a process tree, and what is expected of each tier. The last column names
 * the traces by which the session tier can find the members, one of which has to be
 * there; where it has none of them (yet), being clean is not asserted, the truth of the
 * result is.
 */
public enum Way {

	// @formatter:off
	// leaving the parent, the group, the session  cgroup     reaper    session
	BACKGROUND("grandchildren in the background",  CLEAN,     CLEAN,    CLEAN, BONDS),
	OWN_GROUP("a group of its own",                CLEAN,     CLEAN,    CLEAN, BONDS),
	SWAPPED_GROUPS("two in each other's group",    CLEAN,     CLEAN,    CLEAN, BONDS),
	NEW_SESSION("setsid",                          CLEAN,     CLEAN,    CLEAN, BONDS),
	ORPHAN("its parent exits at once",             CLEAN,     CLEAN,    CLEAN, BONDS),
	ORPHAN_OWN_GROUP("an orphan in its own group", CLEAN,     CLEAN,    CLEAN, BONDS),
	ORPHAN_OWN_SESSION("an orphan calls setsid",   CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	DAEMON("setsid and a second fork",             CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	NESTED_DAEMONS("five daemons, each of the other", CLEAN,  CLEAN,    CLEAN, MARKER, PIPES),
	NOHUP("as with nohup",                         CLEAN,     CLEAN,    CLEAN, BONDS),
	TERMINAL("a session with its own terminal",    CLEAN,     CLEAN,    CLEAN, BONDS),
	VFORK("vfork and exec",                        CLEAN,     CLEAN,    CLEAN, BONDS),
	VFORK_PARENT_WAITS("a parent stuck in vfork",  CLEAN,     CLEAN,    CLEAN, BONDS),
	SIBLING("clone(CLONE_PARENT)",                 CLEAN,     CLEAN,    CLEAN, BONDS),
	SIBLING_OWN_SESSION("the same and setsid",     CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	PID_NAMESPACE("an init of its own",            CLEAN,     CLEAN,    CLEAN, BONDS),
	USER_NAMESPACE("a user namespace too",         CLEAN,     CLEAN,    CLEAN, BONDS),
	SUBREAPER("a subreaper inside the job",        CLEAN,     CLEAN,    CLEAN, BONDS),
	SUBREAPER_ENDS("a subreaper that exits",       CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	DEEP("a chain of fifty",                       CLEAN,     CLEAN,    CLEAN, BONDS),
	WIDE("two hundred children",                   CLEAN,     CLEAN,    CLEAN, BONDS),
	// taking away the traces
	WIPED_ENVIRONMENT("exec without environment",  CLEAN,     CLEAN,    CLEAN, PIPES),
	OVERWRITTEN_ENVIRONMENT("environment zeroed",  CLEAN,     CLEAN,    CLEAN, PIPES),
	MOVED_ENVIRONMENT("prctl(PR_SET_MM)",          CLEAN,     CLEAN,    CLEAN, PIPES),
	CLOSED_STREAMS("a daemon without its pipes",   CLEAN,     CLEAN,    CLEAN, MARKER),
	VANISHED("neither parent, environment, pipes", CLEAN,     ESCAPES_AS_DOCUMENTED, ESCAPES_AS_DOCUMENTED, BONDS),
	VANISHED_SLOWLY("the same, a moment later",    CLEAN,     CLEAN,    CLEAN, LEDGER),
	ODD_NAME("the name of a zombie",               CLEAN,     CLEAN,    CLEAN, BONDS),
	OTHER_USER("another user's daemon",            CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	OWN_CGROUP("moves itself by cgroupfs",         REPORTED,  CLEAN,    CLEAN, MARKER, PIPES),
	HANDED_OVER("work given to another daemon",    NOT_OURS,  NOT_OURS, NOT_OURS, BONDS),
	// not ending
	TERM_IGNORED("TERM ignored",                   CLEAN,     CLEAN,    CLEAN, BONDS),
	EVERYTHING_IGNORED("a daemon, all ignored",    CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	STOPPED("stopped",                             CLEAN,     CLEAN,    CLEAN, BONDS),
	STOPPED_DEAF("stopped, TERM blocked",          CLEAN,     CLEAN,    CLEAN, BONDS),
	STOPPED_PROGRAM("the program itself stopped",  CLEAN,     CLEAN,    CLEAN, BONDS),
	FORKS_ON_TERM("TERM makes it fork",            CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	DAEMON_ON_TERM("TERM makes it a daemon",       CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	RESPAWNER("a child for each that ends",        CLEAN,     CLEAN,    CLEAN, BONDS),
	TWINS("two daemons that restore each other",   CLEAN,     CLEAN,    CLEAN, MARKER, PIPES),
	HOPPER("ever another process",                 CLEAN,     CLEAN,    CLEAN, QUIET_TABLE),
	HOPPER_OWN_SESSIONS("each in a new session",   CLEAN,     CLEAN,    CLEAN, QUIET_TABLE),
	HEADLESS("its first thread has ended",         CLEAN,     CLEAN,    CLEAN, THREADS),
	HEADLESS_OWN_SESSION("the same and setsid",    CLEAN,     CLEAN,    CLEAN, THREADS),
	HEADLESS_DAEMON("the same as a daemon",        CLEAN,     CLEAN,    CLEAN, MARKER_OF_THREADS),
	HEADLESS_PROGRAM("the program's first thread", CLEAN,     CLEAN,    CLEAN, THREADS),
	MANY_THREADS("twenty busy threads",            CLEAN,     CLEAN,    CLEAN, BONDS),
	TRACED("held by a debugger of its own",        CLEAN,     CLEAN,    CLEAN, BONDS),
	SLOW_EXIT("ends within the grace",             CLEAN,     CLEAN,    CLEAN, BONDS),
	ZOMBIES("twenty zombies, never reaped",        CLEAN,     CLEAN,    CLEAN, BONDS),
	STORM("a bounded storm of forks",              CLEAN,     CLEAN,    CLEAN, BONDS);
	// @formatter:on

	/**
	 * In sessions of their own and children of the program: when that exits by itself,
	 * nothing but a trace leads to them.
	 */
	private static final Set<Way> BOUND_BY_THE_PROGRAM_ALONE = EnumSet.of(NEW_SESSION, TERMINAL, ODD_NAME, STOPPED_DEAF,
			RESPAWNER, TRACED, SLOW_EXIT, ZOMBIES);

	private static final Set<Way> PROGRAM_CANNOT_LEAVE = EnumSet.of(STOPPED_PROGRAM, HEADLESS_PROGRAM, DAEMON_ON_TERM);

	private static final Set<Way> KEEPS_MOVING = EnumSet.of(TWINS, RESPAWNER, HOPPER, HOPPER_OWN_SESSIONS);

	private final String description;

	private final Expectation cgroup;

	private final Expectation reaper;

	private final Expectation session;

	private final Set<Ability> foundBy;

	Way(String description, Expectation cgroup, Expectation reaper, Expectation session, Ability... foundBy) {
		this.description = description;
		this.cgroup = cgroup;
		this.reaper = reaper;
		this.session = session;
		this.foundBy = Set.of(foundBy);
	}

	Expectation expectation(Tier tier) {
		return switch (tier) {
			case SESSION -> this.session;
			case REAPER -> this.reaper;
			case CGROUP -> this.cgroup;
		};
	}

	/** The traces of which a tier needs one. */
	Set<Ability> foundBy(Tier tier, boolean leaves) {
		return switch (tier) {
			// An orphan that comes back does not say whose it was: it needs a trace too.
			case SESSION, REAPER -> leaves ? foundByWithoutProgram() : this.foundBy;
			case CGROUP -> Set.of(BONDS);
		};
	}

	private Set<Ability> foundByWithoutProgram() {
		if (this == HEADLESS_OWN_SESSION) {
			return Set.of(MARKER_OF_THREADS);
		}
		return BOUND_BY_THE_PROGRAM_ALONE.contains(this) ? Set.of(MARKER, PIPES) : this.foundBy;
	}

	/** Whether there is a variant in which the program exits by itself. */
	public boolean canLeave() {
		return !PROGRAM_CANNOT_LEAVE.contains(this);
	}

	/** Whether its members are replaced all the time. */
	public boolean keepsMoving() {
		return KEEPS_MOVING.contains(this);
	}

	/** Whether somebody else has to be there to hand work to. */
	public boolean needsServer() {
		return this == HANDED_OVER;
	}

	Duration graceTimeout() {
		return (this == SLOW_EXIT) ? Duration.ofSeconds(10) : Duration.ofMillis(300);
	}

	public String description() {
		return this.description;
	}

	/** As the program calls it. */
	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
