package dev.sysprims.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import dev.sysprims.escape.Escape;
import dev.sysprims.escape.EscapeProgram;
import dev.sysprims.escape.Way;
import dev.sysprims.fixture.Crowd;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Applications that are killed with their jobs running. */
class JvmKillIntegrationTests {

	private static final int KILLS = Soak.scale(2, 100);

	private static final int KILLS_IN_A_CROWD = Soak.scale(1, 5);

	private static final int MANY = Soak.scale(200, 1_000);

	private static final Duration BOUND = Soak.bound(Duration.ofSeconds(1));

	private static final List<Way> MIXED = List.of(Way.BACKGROUND, Way.OWN_GROUP, Way.SWAPPED_GROUPS, Way.NEW_SESSION,
			Way.ORPHAN_OWN_SESSION, Way.DAEMON, Way.NESTED_DAEMONS, Way.NOHUP, Way.VFORK_PARENT_WAITS,
			Way.SIBLING_OWN_SESSION, Way.SUBREAPER_ENDS, Way.DEEP, Way.TERM_IGNORED, Way.EVERYTHING_IGNORED,
			Way.STOPPED, Way.HEADLESS_DAEMON, Way.CLOSED_STREAMS, Way.WIPED_ENVIRONMENT, Way.OVERWRITTEN_ENVIRONMENT,
			Way.VANISHED);

	/**
	 * Out of session, group and descent, with no marker: lost unless somebody has seen
	 * them.
	 */
	private static final Set<Way> WIPED = EnumSet.of(Way.WIPED_ENVIRONMENT, Way.OVERWRITTEN_ENVIRONMENT, Way.VANISHED);

	private static EscapeProgram program;

	@BeforeAll
	static void build() throws Exception {
		program = EscapeProgram.build()
			.orElseGet(() -> Assumptions.abort("There is no C compiler in the PATH: nothing was tested."));
	}

	@ParameterizedTest
	@EnumSource(names = { "CGROUP", "SESSION" })
	void twentyMixedTreesEndWithTheirJvm(Containment containment) throws Exception {
		Tally tally = new Tally();
		for (int i = 0; i < KILLS; i++) {
			killMixed(containment, i % 2 == 0, tally);
		}
		Soak.tell("JVM killed %d times with 20 mixed trees, %s: %s", KILLS, containment, tally);
		tally.assertNobodyIsWronglyLeft();
	}

	@ParameterizedTest
	@EnumSource(names = { "CGROUP", "SESSION" })
	void theyEndOnAFullMachineToo(Containment containment) throws Exception {
		Tally tally = new Tally();
		try (Crowd crowd = new Crowd(MANY)) {
			for (int i = 0; i < KILLS_IN_A_CROWD; i++) {
				killMixed(containment, true, tally);
			}
			Soak.tell("JVM killed %d times with 20 mixed trees beside %d others, %s: %s", KILLS_IN_A_CROWD,
					crowd.size(), containment, tally);
			tally.assertNobodyIsWronglyLeft();
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "CGROUP", "SESSION" })
	void asManyJobsEndWithTheirJvm(Containment containment) throws Exception {
		Tally tally = new Tally();
		for (int i = 0; i < KILLS_IN_A_CROWD; i++) {
			List<LiveProcess> jobs = new ArrayList<>();
			try (DoomedJvm jvm = new DoomedJvm(containment)) {
				for (int started = 0; started < MANY; started++) {
					jobs.add(LiveProcess.of("job", jvm.start(List.of("sleep", "600"))));
				}
				long begun = System.nanoTime();
				jvm.kill();
				tally.awaitNone(begun, () -> jobs.stream().filter(LiveProcess::isAlive).toList());
				jobs.stream().filter(LiveProcess::isAlive).forEach((job) -> tally.left("job", true));
				ProcessFixture.awaitTrue(() -> jobs.stream().noneMatch(LiveProcess::isAlive), "jobs are left");
			}
			finally {
				jobs.forEach(LiveProcess::kill);
			}
		}
		Soak.tell("JVM killed %d times with %d jobs, %s: %s", KILLS_IN_A_CROWD, MANY, containment, tally);
		tally.assertNobodyIsWronglyLeft();
	}

	/** Kills it as soon as all trees stand, or after one look at what they consist of. */
	private static void killMixed(Containment containment, boolean looked, Tally tally) throws IOException {
		List<Escape> escapes = new ArrayList<>();
		try (DoomedJvm jvm = new DoomedJvm(containment)) {
			for (Way way : MIXED) {
				Escape escape = new Escape(program, way, false);
				escapes.add(escape);
				jvm.start(escape.command());
			}
			escapes.forEach(Escape::awaitReady);
			if (looked) {
				jvm.look();
			}
			boolean mayLose = containment == Containment.SESSION;
			List<Escape> held = new ArrayList<>();
			for (int i = 0; i < escapes.size(); i++) {
				if (!mayLose || !isLost(MIXED.get(i), looked)) {
					held.add(escapes.get(i));
				}
			}
			long begun = System.nanoTime();
			jvm.kill();
			tally.awaitNone(begun, () -> survivors(held));
			awaitNone(begun, () -> survivors(escapes));
			for (int i = 0; i < escapes.size(); i++) {
				Escape escape = escapes.get(i);
				Way way = MIXED.get(i);
				List<LiveProcess> left = escape.survivors();
				left.forEach((process) -> tally.left(way.toString(), held.contains(escape)));
			}
			ProcessFixture.awaitTrue(() -> survivors(held).isEmpty(), "not late, but left: " + survivors(held));
		}
		finally {
			escapes.forEach(Escape::close);
		}
	}

	/**
	 * Whether somebody must have seen it before the kill, and nobody was asked to look.
	 */
	private static boolean isLost(Way way, boolean looked) {
		return way == Way.VANISHED || (WIPED.contains(way) && !looked);
	}

	private static List<LiveProcess> survivors(List<Escape> escapes) {
		return escapes.stream().flatMap((escape) -> escape.survivors().stream()).toList();
	}

	private static boolean awaitNone(long begun, Supplier<List<LiveProcess>> living) {
		while (System.nanoTime() - begun < BOUND.toNanos()) {
			if (living.get().isEmpty()) {
				return true;
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
		return false;
	}

	/** Who was left, and how long it took where nobody was. */
	private static final class Tally {

		private final List<Long> millis = new ArrayList<>();

		private final Map<String, Integer> left = new TreeMap<>();

		private final List<String> wronglyLeft = new ArrayList<>();

		void awaitNone(long begun, Supplier<List<LiveProcess>> held) {
			if (JvmKillIntegrationTests.awaitNone(begun, held)) {
				this.millis.add((System.nanoTime() - begun) / 1_000_000);
			}
		}

		void left(String way, boolean wrongly) {
			this.left.merge(way, 1, Integer::sum);
			if (wrongly) {
				this.wronglyLeft.add(way);
			}
		}

		/** At the end, so that it is known how often. All of these are only late. */
		void assertNobodyIsWronglyLeft() {
			assertThat(this.wronglyLeft)
				.as("left %s after the kill, although somebody held them or had seen them", BOUND)
				.isEmpty();
		}

		@Override
		public String toString() {
			this.millis.sort(null);
			String times = this.millis.isEmpty() ? "" : " after " + this.millis.get(this.millis.size() / 2)
					+ " ms (median), " + this.millis.get(this.millis.size() - 1) + " ms (worst)";
			return "left after " + BOUND + ": " + (this.left.isEmpty() ? "none" : this.left) + "; all others gone in "
					+ this.millis.size() + times;
		}

	}

}
