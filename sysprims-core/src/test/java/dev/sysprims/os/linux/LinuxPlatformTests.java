package dev.sysprims.os.linux;

import dev.sysprims.process.Capability;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.TreeKillReliability;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinuxPlatformTests {

	private static final PidfdSupport PIDFDS = new PidfdSupport(null, true, true);

	private final LinuxProcesses processes = new LinuxProcesses(new SystemCalls(PIDFDS));

	@Test
	void aCgroupIsTheStrongestAndNeedsNoWarning() {
		PlatformInfo platform = LinuxPlatform.describe("x86_64", null, true, this.processes, PIDFDS);
		assertThat(platform.containment()).isEqualTo("cgroup");
		assertThat(platform.treeKillReliability()).isEqualTo(TreeKillReliability.GUARANTEED);
		assertThat(platform.warnings()).isEqualTo(this.processes.warnings());
	}

	@Test
	void aReaperSaysWhatStillGetsAwayAndWhyThereIsNoCgroup() {
		PlatformInfo platform = LinuxPlatform.describe("x86_64", "No cgroup here.", true, this.processes, PIDFDS);
		assertThat(platform.containment()).isEqualTo("reaper");
		assertThat(platform.treeKillReliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(platform.warnings()).contains("No cgroup here.")
			.anySatisfy((warning) -> assertThat(warning).contains("becomes a child of this JVM"));
	}

	@Test
	void aSessionSaysWhatGetsAway() {
		PlatformInfo platform = LinuxPlatform.describe("x86_64", "No cgroup here.", false, this.processes, PIDFDS);
		assertThat(platform.containment()).isEqualTo("session");
		assertThat(platform.warnings()).contains("No cgroup here.")
			.anySatisfy((warning) -> assertThat(warning).contains("setsid(2)").contains("gets out of sight"));
	}

	@Test
	void aKernelThatDoesNotTellHowStrangersEndLacksACapabilityAndNoTreeIsTheWeakerForIt() {
		PlatformInfo older = LinuxPlatform.describe("x86_64", null, false, this.processes,
				new PidfdSupport(null, false, true));
		assertThat(older.capabilities()).doesNotContain(Capability.FOREIGN_EXIT_STATUS);
		assertThat(older.warnings()).isEqualTo(this.processes.warnings());
	}

}
