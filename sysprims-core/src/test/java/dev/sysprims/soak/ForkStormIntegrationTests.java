package dev.sysprims.soak;

import java.util.List;

import dev.sysprims.escape.EscapeProgram;
import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.process.Containment;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many daemons at once that fork all the time and do not hear: they end within the kill
 * timeout, or the result would say that it gave up.
 */
class ForkStormIntegrationTests {

	private static final int ESCAPES = Soak.scale(50, 200);

	@ParameterizedTest
	@EnumSource(names = { "CGROUP", "SESSION" })
	void theyEndWithinTheKillTimeout(Containment containment) throws Exception {
		EscapeProgram program = EscapeProgram.build()
			.orElseGet(() -> Assumptions.abort("There is no C compiler in the PATH: nothing was tested."));
		Namespace.assumeAvailable();
		List<String> said = new ChildJvm().through(Namespace.COMMAND)
			.run(ForkStormProgram.class, program.executable().toString(), Integer.toString(ESCAPES), containment.name())
			.lines()
			.toList();
		Assumptions.assumeTrue(said.stream().noneMatch((line) -> line.startsWith("unavailable ")),
				() -> "there is no such tier here: " + said);
		Soak.tell("%d escapes in a fork storm, %s, grace 200 ms, kill timeout 2 s: %s", ESCAPES, containment, said);
		assertThat(said).contains("exited true survivors 0 left []");
	}

}
