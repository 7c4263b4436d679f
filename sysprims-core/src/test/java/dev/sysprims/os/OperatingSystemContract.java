package dev.sysprims.os;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every backend keeps. By the capabilities that it declares, the strong answer is
 * asserted, or the weaker one together with the warning that tells it. A backend's test
 * class extends this and opens the backend.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OperatingSystemContract
		implements SpawnContract, StreamContract, ProcessContract, PinContract, ResourceContract {

	private final OperatingSystem os;

	private ProcessFixture fixture;

	protected OperatingSystemContract(OperatingSystem os) {
		this.os = os;
	}

	@Override
	public final OperatingSystem os() {
		return this.os;
	}

	@Override
	public final ProcessFixture fixture() {
		return this.fixture;
	}

	@BeforeEach
	void openFixture() {
		this.fixture = new ProcessFixture();
	}

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void thePlatformIsNamedInTheContractsWords() {
		assertThat(this.os.platform().os()).isIn("linux", "macos", "windows");
		assertThat(this.os.platform().arch()).isIn("x86_64", "aarch64");
		assertThat(this.os.platform().backend()).isIn("native", "jdk");
		assertThat(this.os.platform().warnings()).allSatisfy((warning) -> assertThat(warning).endsWith("."));
		boolean everything = this.os.platform().capabilities().size() == Capability.values().length;
		assertThat(everything || !this.os.platform().warnings().isEmpty()).isTrue();
	}

}
