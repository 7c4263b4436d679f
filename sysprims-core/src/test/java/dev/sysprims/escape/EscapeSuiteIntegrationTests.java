package dev.sysprims.escape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.sysprims.Sysprims;
import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.Slowness;
import dev.sysprims.process.Containment;
import dev.sysprims.supervisor.ProcessSupervisor;
import dev.sysprims.tree.TreesAccess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every way out of a process tree that we know, on each tier that this machine has, with
 * the program ended by us and by itself. What is expected stands in {@link Way}.
 */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class EscapeSuiteIntegrationTests {

	private static EscapeProgram program;

	private static ProcessSupervisor session;

	private static Optional<ProcessSupervisor> cgroup;

	private static Bystanders bystanders;

	@BeforeAll
	static void open() throws Exception {
		program = EscapeProgram.build()
			.orElseGet(() -> Assumptions.abort("There is no C compiler in the PATH: nothing was tested."));
		session = Tiers.supervisor().containment(Containment.SESSION).build();
		cgroup = Tiers.cgroup();
		bystanders = new Bystanders(session);
	}

	@AfterAll
	static void close() {
		if (session != null) {
			session.close(Duration.ofSeconds(10));
			cgroup.ifPresent((supervisor) -> supervisor.close(Duration.ofSeconds(10)));
			bystanders.close();
		}
	}

	@Test
	void theTableNamesEveryWay() throws Exception {
		assertThat(Stream.of(Way.values()).map(Way::toString)).containsExactlyInAnyOrderElementsOf(program.ways());
	}

	@Test
	void nobodyOutlivesTheDeadline() throws Exception {
		List<Escape> all = new ArrayList<>();
		try {
			for (Way way : Way.values()) {
				Escape escape = new Escape(program.livingFor(Slowness.of(Duration.ofSeconds(9))), way, false);
				all.add(escape);
				new ProcessBuilder(escape.command()).start();
			}
			for (Escape escape : all) {
				escape.awaitEnd();
			}
		}
		finally {
			all.forEach(Escape::close);
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("casesWithoutCgroups")
	void theTierWithoutCgroupsKeepsItsPromise(EscapeCase its) throws Exception {
		assertPromisesKept(its, session);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("casesOfTheCgroupTier")
	void theCgroupTierKeepsItsPromise(EscapeCase its) throws Exception {
		Assumptions.assumeTrue(cgroup.isPresent(), "this build or this machine has no cgroup tier");
		assertPromisesKept(its, cgroup.get());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("batchesOfWays")
	void theReaperTierKeepsItsPromise(List<Way> ways) throws Exception {
		List<String> arguments = new ArrayList<>(List.of(program.executable().toString()));
		ways.forEach((way) -> arguments.add(way.name()));
		List<String> said = new ChildJvm().run(EscapesInAReaper.class, arguments.toArray(String[]::new))
			.lines()
			.toList();
		Assumptions.assumeTrue(said.stream().noneMatch((line) -> line.startsWith(EscapesInAReaper.UNAVAILABLE)),
				() -> "there is no reaper tier here: " + said);
		assertThat(said).noneMatch((line) -> line.startsWith("broken "));
		long cases = EscapeCase.all(Tier.REAPER).filter((its) -> ways.contains(its.way())).count();
		assertThat(said.stream().filter((line) -> line.matches("(ok|open) .*"))).as("cases that were tried")
			.hasSize((int) cases);
	}

	/** As many as one JVM gets through in its time. */
	static Stream<List<Way>> batchesOfWays() {
		Way[] all = Way.values();
		return IntStream.iterate(0, (from) -> from < all.length, (from) -> from + 9)
			.mapToObj((from) -> Stream.of(all).skip(from).limit(9).toList());
	}

	/** Where this JVM is PID 1, as in a container without an init, orphans come to it. */
	static Stream<EscapeCase> casesWithoutCgroups() {
		boolean adopts = ((TreesAccess) Sysprims.system()).trees().os().adoptsOrphans();
		return EscapeCase.all(adopts ? Tier.REAPER : Tier.SESSION);
	}

	static Stream<EscapeCase> casesOfTheCgroupTier() {
		return EscapeCase.all(Tier.CGROUP);
	}

	private static void assertPromisesKept(EscapeCase its, ProcessSupervisor supervisor) throws Exception {
		Observation seen = its.observe(program, supervisor);
		bystanders.assertUntouched();
		seen.assertPromises();
	}

}
