package dev.sysprims.os.jdk;

import java.util.List;

import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.TreeKillReliability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JdkPlatformTests {

	@Test
	void itSaysWhyItIsUsedAndWhatIsWeaker() {
		PlatformInfo platform = JdkSystem.open(List.of("The reason.")).platform();
		assertThat(platform.backend()).isEqualTo("jdk");
		assertThat(platform.containment()).isEqualTo("descent");
		assertThat(platform.treeKillReliability()).isEqualTo(TreeKillReliability.BEST_EFFORT);
		assertThat(platform.capabilities()).isEmpty();
		assertThat(platform.warnings()).startsWith("The reason.").hasSizeGreaterThan(5);
	}

	@ParameterizedTest
	@CsvSource({ "Linux,linux", "Mac OS X,macos", "Windows 11,windows", "Windows Server 2022,windows",
			"FreeBSD,freebsd" })
	void systemsInTheContractsWords(String name, String os) {
		assertThat(JdkPlatform.os(name)).isEqualTo(os);
	}

	@ParameterizedTest
	@CsvSource({ "amd64,x86_64", "x86_64,x86_64", "aarch64,aarch64", "riscv64,riscv64" })
	void architecturesInTheContractsWords(String name, String arch) {
		assertThat(JdkPlatform.arch(name)).isEqualTo(arch);
	}

}
