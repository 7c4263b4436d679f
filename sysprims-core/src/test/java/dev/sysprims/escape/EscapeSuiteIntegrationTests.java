package dev.sysprims.escape;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sysprims.process.Containment;
import dev.sysprims.supervisor.ProcessSupervisor;
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
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class EscapeSuiteIntegrationTests {

	private static EscapeProgram program;

	private static ProcessSupervisor session;

	private static Optional<ProcessSupervisor> cgroup;

	private static Bystanders bystanders;

	private static Set<Ability> abilities;

	@BeforeAll
	static void open() throws Exception {
		program = EscapeProgram.build()
			.orElseGet(() -> Assumptions.abort("There is no C compiler in the PATH: nothing was tested."));
		session = Tiers.supervisor().containment(Containment.SESSION).build();
		cgroup = Tiers.cgroup();
		bystanders = new Bystanders(session);
		abilities = Abilities.find(program, session);
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
				Escape escape = new Escape(program.livingFor(Duration.ofSeconds(5)), way, false);
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

	@ParameterizedTest
	@MethodSource("casesOfTheSessionTier")
	void theSessionTierKeepsItsPromise(EscapeCase its) throws Exception {
		assertPromisesKept(its, session);
	}

	@ParameterizedTest
	@MethodSource("casesOfTheCgroupTier")
	void theCgroupTierKeepsItsPromise(EscapeCase its) throws Exception {
		Assumptions.assumeTrue(cgroup.isPresent(), "this build or this machine has no cgroup tier");
		assertPromisesKept(its, cgroup.get());
	}

	static Stream<EscapeCase> casesOfTheSessionTier() {
		return EscapeCase.all(Tier.SESSION);
	}

	static Stream<EscapeCase> casesOfTheCgroupTier() {
		return EscapeCase.all(Tier.CGROUP);
	}

	private static void assertPromisesKept(EscapeCase its, ProcessSupervisor supervisor) throws Exception {
		Observation seen = its.observe(program, supervisor);
		bystanders.assertUntouched();
		seen.assertPromises(abilities);
	}

}
