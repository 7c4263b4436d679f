package dev.sysprims.os.linux;

import java.util.function.Supplier;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequirementsTests {

	@Test
	void bothArchitecturesAreKnownByTheirContractName() {
		assertThat(Requirements.check("Linux", "amd64", "5.4.0", () -> "2.29").arch()).isEqualTo("x86_64");
		assertThat(Requirements.check("Linux", "aarch64", "6.18.44-fc-v669", () -> "2.36"))
			.isEqualTo(new Requirements("aarch64", new Version(6, 18)));
	}

	@Test
	void whatIsMissingIsNamedWithWhatToDo() {
		assertRefused("Windows 11", "amd64", "10.0", () -> "", "Windows 11");
		assertRefused("Linux", "riscv64", "6.1.0", () -> "2.36", "riscv64");
		assertRefused("Linux", "amd64", "5.3.18", () -> "2.36", "needs Linux 5.4 or newer, and this is 5.3.18");
		assertRefused("Linux", "amd64", "6.1.0", () -> "2.28", "needs glibc 2.29 or newer, and this is 2.28");
	}

	@Test
	void nativeAccessThatFailsIsExplained() {
		assertRefused("Linux", "amd64", "6.1.0", () -> {
			throw new UnsatisfiedLinkError("failed to map segment from shared object");
		}, "-Djna.tmpdir");
		assertRefused("Linux", "amd64", "6.1.0", () -> {
			throw new NoClassDefFoundError("com/sun/jna/Native");
		}, "--enable-native-access");
		assertRefused("Linux", "amd64", "6.1.0", () -> {
			throw new IllegalCallerException("Illegal native access from an unnamed module");
		}, "--enable-native-access");
	}

	@Test
	void aVersionIsItsFirstTwoNumbers() {
		assertThat(Version.parse("6.18.44-fc")).isEqualTo(new Version(6, 18));
		assertThat(Version.parse("2.36")).hasToString("2.36");
		assertThat(Version.parse("strange")).isEqualTo(new Version(0, 0));
		assertThat(new Version(5, 15).isAtLeast(new Version(5, 4))).isTrue();
		assertThat(new Version(5, 4).isAtLeast(new Version(5, 15))).isFalse();
		assertThat(new Version(6, 0).isAtLeast(new Version(5, 15))).isTrue();
	}

	private static void assertRefused(String os, String arch, String kernel, Supplier<String> glibc, String why) {
		assertThatExceptionOfType(SysprimsException.class).isThrownBy(() -> Requirements.check(os, arch, kernel, glibc))
			.withMessageContaining(why)
			.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(ErrorKind.NOT_SUPPORTED));
	}

}
