package dev.sysprims.escape;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import static dev.sysprims.escape.Expectation.CLEAN;
import static dev.sysprims.escape.Expectation.ESCAPES_AS_DOCUMENTED;
import static dev.sysprims.escape.Expectation.NOT_OURS;
import static dev.sysprims.escape.Expectation.REPORTED;

/** A way out of a process tree, and what is expected of each tier. */
public enum Way {

	// @formatter:off
	// leaving the parent, the group, the session  cgroup     reaper    session
	BACKGROUND("grandchildren in the background",  CLEAN,     CLEAN,    CLEAN),
	OWN_GROUP("a group of its own",                CLEAN,     CLEAN,    CLEAN),
	SWAPPED_GROUPS("two in each other's group",    CLEAN,     CLEAN,    CLEAN),
	NEW_SESSION("setsid",                          CLEAN,     CLEAN,    CLEAN),
	ORPHAN("its parent exits at once",             CLEAN,     CLEAN,    CLEAN),
	ORPHAN_OWN_GROUP("an orphan in its own group", CLEAN,     CLEAN,    CLEAN),
	ORPHAN_OWN_SESSION("an orphan calls setsid",   CLEAN,     CLEAN,    CLEAN),
	DAEMON("setsid and a second fork",             CLEAN,     CLEAN,    CLEAN),
	NESTED_DAEMONS("five daemons, each of the other", CLEAN,  CLEAN,    CLEAN),
	NOHUP("as with nohup",                         CLEAN,     CLEAN,    CLEAN),
	TERMINAL("a session with its own terminal",    CLEAN,     CLEAN,    CLEAN),
	VFORK("vfork and exec",                        CLEAN,     CLEAN,    CLEAN),
	VFORK_PARENT_WAITS("a parent stuck in vfork",  CLEAN,     CLEAN,    CLEAN),
	SIBLING("clone(CLONE_PARENT)",                 CLEAN,     CLEAN,    CLEAN),
	SIBLING_OWN_SESSION("the same and setsid",     CLEAN,     CLEAN,    CLEAN),
	PID_NAMESPACE("an init of its own",            CLEAN,     CLEAN,    CLEAN),
	USER_NAMESPACE("a user namespace too",         CLEAN,     CLEAN,    CLEAN),
	SUBREAPER("a subreaper inside the job",        CLEAN,     CLEAN,    CLEAN),
	SUBREAPER_ENDS("a subreaper that exits",       CLEAN,     CLEAN,    CLEAN),
	DEEP("a chain of fifty",                       CLEAN,     CLEAN,    CLEAN),
	WIDE("two hundred children",                   CLEAN,     CLEAN,    CLEAN),
	// taking away the traces
	WIPED_ENVIRONMENT("exec without environment",  CLEAN,     CLEAN,    CLEAN),
	OVERWRITTEN_ENVIRONMENT("environment zeroed",  CLEAN,     CLEAN,    CLEAN),
	MOVED_ENVIRONMENT("prctl(PR_SET_MM)",          CLEAN,     CLEAN,    CLEAN),
	CLOSED_STREAMS("a daemon without its pipes",   CLEAN,     CLEAN,    CLEAN),
	VANISHED("neither parent, environment, pipes", CLEAN,     ESCAPES_AS_DOCUMENTED, ESCAPES_AS_DOCUMENTED),
	VANISHED_SLOWLY("the same, a moment later",    CLEAN,     CLEAN,    CLEAN),
	ODD_NAME("the name of a zombie",               CLEAN,     CLEAN,    CLEAN),
	OTHER_USER("another user's daemon",            CLEAN,     CLEAN,    CLEAN),
	OWN_CGROUP("moves itself by cgroupfs",         REPORTED,  CLEAN,    CLEAN),
	HANDED_OVER("work given to another daemon",    NOT_OURS,  NOT_OURS, NOT_OURS),
	// not ending
	TERM_IGNORED("TERM ignored",                   CLEAN,     CLEAN,    CLEAN),
	EVERYTHING_IGNORED("a daemon, all ignored",    CLEAN,     CLEAN,    CLEAN),
	STOPPED("stopped",                             CLEAN,     CLEAN,    CLEAN),
	STOPPED_DEAF("stopped, TERM blocked",          CLEAN,     CLEAN,    CLEAN),
	STOPPED_PROGRAM("the program itself stopped",  CLEAN,     CLEAN,    CLEAN),
	FORKS_ON_TERM("TERM makes it fork",            CLEAN,     CLEAN,    CLEAN),
	DAEMON_ON_TERM("TERM makes it a daemon",       CLEAN,     CLEAN,    CLEAN),
	RESPAWNER("a child for each that ends",        CLEAN,     CLEAN,    CLEAN),
	TWINS("two daemons that restore each other",   CLEAN,     CLEAN,    CLEAN),
	HOPPER("ever another process",                 CLEAN,     CLEAN,    CLEAN),
	HOPPER_OWN_SESSIONS("each in a new session",   CLEAN,     CLEAN,    CLEAN),
	HEADLESS("its first thread has ended",         CLEAN,     CLEAN,    CLEAN),
	HEADLESS_OWN_SESSION("the same and setsid",    CLEAN,     CLEAN,    CLEAN),
	HEADLESS_DAEMON("the same as a daemon",        CLEAN,     CLEAN,    CLEAN),
	HEADLESS_PROGRAM("the program's first thread", CLEAN,     CLEAN,    CLEAN),
	MANY_THREADS("twenty busy threads",            CLEAN,     CLEAN,    CLEAN),
	TRACED("held by a debugger of its own",        CLEAN,     CLEAN,    CLEAN),
	SLOW_EXIT("ends within the grace",             CLEAN,     CLEAN,    CLEAN),
	ZOMBIES("twenty zombies, never reaped",        CLEAN,     CLEAN,    CLEAN),
	STORM("a bounded storm of forks",              CLEAN,     CLEAN,    CLEAN);
	// @formatter:on

	private static final Set<Way> PROGRAM_CANNOT_LEAVE = EnumSet.of(STOPPED_PROGRAM, HEADLESS_PROGRAM, DAEMON_ON_TERM);

	private static final Set<Way> KEEPS_MOVING = EnumSet.of(TWINS, RESPAWNER, HOPPER, HOPPER_OWN_SESSIONS);

	private final String description;

	private final Expectation cgroup;

	private final Expectation reaper;

	private final Expectation session;

	Way(String description, Expectation cgroup, Expectation reaper, Expectation session) {
		this.description = description;
		this.cgroup = cgroup;
		this.reaper = reaper;
		this.session = session;
	}

	Expectation expectation(Tier tier) {
		return switch (tier) {
			case SESSION -> this.session;
			case REAPER -> this.reaper;
			case CGROUP -> this.cgroup;
		};
	}

	/** Whether there is a variant in which the program exits by itself. */
	public boolean canLeave() {
		return !PROGRAM_CANNOT_LEAVE.contains(this);
	}

	/** Whether its members are replaced all the time. */
	public boolean keepsMoving() {
		return KEEPS_MOVING.contains(this);
	}

	/**
	 * Whether its members come and go, in sessions of their own, faster than anybody
	 * looks: of a zombie that was never seen alive only a cgroup tells whose it was.
	 */
	boolean leavesZombiesOfNobody(Tier tier) {
		return this == HOPPER_OWN_SESSIONS && tier != Tier.CGROUP;
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
