package dev.sysprims.os;

import java.util.EnumSet;
import java.util.Set;

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
		Set<Capability> lacking = EnumSet.allOf(Capability.class);
		lacking.removeAll(this.os.platform().capabilities());
		// That one is said where it matters: by the wait for a stranger.
		lacking.remove(Capability.FOREIGN_EXIT_STATUS);
		assertThat(lacking.isEmpty() || !this.os.platform().warnings().isEmpty()).as("it lacks %s and says so", lacking)
			.isTrue();
	}

}
