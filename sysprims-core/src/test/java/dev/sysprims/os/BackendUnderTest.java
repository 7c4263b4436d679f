package dev.sysprims.os;

import java.util.List;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;

import static org.assertj.core.api.Assertions.assertThat;

/** What the parts of the contract share. */
interface BackendUnderTest {

	OperatingSystem os();

	ProcessFixture fixture();

	/**
	 * Whether the backend declares it; where it does not, these warnings must name what
	 * is weaker.
	 */
	default boolean strongOrWarned(Capability capability, List<String> warnings, String words) {
		if (os().platform().has(capability)) {
			return true;
		}
		assertThat(warnings).as("a warning for the missing " + capability)
			.anySatisfy((warning) -> assertThat(warning).contains(words));
		return false;
	}

	default boolean isNative() {
		return os().platform().backend().equals("native");
	}

	/** A child that runs this script without input and output. */
	default StartedChild start(String script) {
		return StartedChild.start(os(), fixture().sh(script));
	}

	/** The announced process, once it has become {@code sleep} and sleeps. */
	default LiveProcess awaitSleep(String name) {
		LiveProcess process = fixture().await(name);
		ProcessFixture.awaitTrue(() -> process.state() == 'S' && "sleep".equals(os().entry(process.pid()).name()),
				name + " does not sleep");
		return process;
	}

}
