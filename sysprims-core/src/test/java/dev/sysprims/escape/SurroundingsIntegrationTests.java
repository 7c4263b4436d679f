package dev.sysprims.escape;

import java.util.List;

import dev.sysprims.Sysprims;
import dev.sysprims.process.Containment;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whoever has made the surroundings says which tier they must give, and in which words a
 * weaker one explains itself. Otherwise the tests of a tier that is missing by mistake
 * would be left out, and nothing would be red.
 */
@EnabledIfSystemProperty(named = SurroundingsIntegrationTests.CONTAINMENT, matches = ".+")
class SurroundingsIntegrationTests {

	static final String CONTAINMENT = "sysprims.tests.containment";

	private static final String EXPECTED = System.getProperty(CONTAINMENT, "");

	private static final boolean GUARANTEED = EXPECTED.equals("cgroup");

	private static final String REASON = System.getProperty("sysprims.tests.reason", "");

	@Test
	void thePlatformIsWhatTheSurroundingsGive() {
		PlatformInfo platform = Sysprims.system().platform();
		assertThat(platform.containment()).as("%s", platform.warnings()).isEqualTo(EXPECTED);
		assertThat(platform.treeKillReliability()).isEqualTo(reliability());
		assertExplained(platform.warnings());
	}

	@Test
	void aJobWithoutAWishSaysHowSureItsEndIsAndWhy() throws Exception {
		try (ProcessSupervisor supervisor = Tiers.supervisor().build()) {
			JobResult result = supervisor.run(JobSpec.command("sh", "-c", "sleep 300 & exit 3").build());
			assertThat(result.exitCode()).isEqualTo(3);
			assertThat(result.survivors()).isEmpty();
			assertThat(result.reliability()).isEqualTo(reliability());
			assertExplained(result.warnings());
		}
	}

	@Test
	void whoInsistsOnACgroupGetsOneOrTheReasonWhyNot() throws Exception {
		if (GUARANTEED) {
			try (ProcessSupervisor supervisor = Tiers.supervisor().containment(Containment.CGROUP).build()) {
				assertExplained(supervisor.run(JobSpec.command("true").build()).warnings());
			}
		}
		else {
			assertThatExceptionOfType(SysprimsException.class)
				.isThrownBy(() -> Tiers.supervisor().containment(Containment.CGROUP).build())
				.withMessageContaining(REASON)
				.withMessageContaining("Delegate=yes");
		}
	}

	private static TreeKillReliability reliability() {
		return GUARANTEED ? TreeKillReliability.GUARANTEED : TreeKillReliability.BEST_EFFORT;
	}

	private static void assertExplained(List<String> warnings) {
		if (GUARANTEED) {
			assertThat(warnings).noneMatch((warning) -> warning.contains("cgroup"));
		}
		else {
			assertThat(warnings).anyMatch((warning) -> warning.contains(REASON));
		}
	}

}
