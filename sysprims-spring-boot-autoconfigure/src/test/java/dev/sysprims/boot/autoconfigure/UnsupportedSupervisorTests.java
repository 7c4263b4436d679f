package dev.sysprims.boot.autoconfigure;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What an operator reads when the system cannot give what was insisted on. */
@ExtendWith(OutputCaptureExtension.class)
class UnsupportedSupervisorTests {

	private static final String WHY = "There is no cgroup v2 that this JVM may write to. Mount one.";

	private static final String ANALYSIS = "The process supervisor cannot be set up as it is configured:";

	@Test
	void theStartFailsAndSaysWhyWhichPropertyAndWhatToDo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(Unsupported.class, "--sysprims.containment=cgroup"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains(ANALYSIS)
			.contains("Reason: " + WHY)
			.contains("Property: sysprims.containment")
			.contains("Set as: \"cgroup\"")
			.contains("Origin: \"sysprims.containment\" from property source \"commandLineArgs\"")
			.containsPattern("Action:\\R\\RMend what the reason names, or set sysprims.containment to auto")
			.doesNotContain("sysprims.subreaper");
	}

	@Test
	void aSubreaperThatCannotBeHadIsNamedToo(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> start(Unsupported.class, "--sysprims.subreaper=true", "--sysprims.containment=auto"));
		assertThat(output).contains("Property: sysprims.subreaper")
			.contains("set sysprims.subreaper to false.")
			.doesNotContain("Property: sysprims.containment");
	}

	@Test
	void whatWasInsistedOnInCodeIsSaidWithoutAProperty(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(Unsupported.class));
		assertThat(output).contains(ANALYSIS)
			.contains("Reason: " + WHY)
			.contains("Mend what the reason names.")
			.doesNotContain("Property:");
	}

	@Test
	void anotherFailureOfTheApplicationIsNotTakenForThis(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(FailingRunner.class, "--sysprims.containment=auto"));
		assertThat(output).doesNotContain(ANALYSIS);
	}

	@Test
	void aContainmentThatDoesNotExistIsSaidByBoot(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(FailingRunner.class, "--sysprims.containment=jail"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: sysprims.containment")
			.contains("Value: \"jail\"")
			.contains("CGROUP");
	}

	private static void start(Class<?> application, String... arguments) {
		new SpringApplicationBuilder(application).web(WebApplicationType.NONE).run(arguments).close();
	}

	private static SysprimsException refusal() {
		return new SysprimsException(ErrorKind.NOT_SUPPORTED, WHY);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SysprimsAutoConfiguration.class)
	static class Unsupported {

		@Bean
		ProcessSupervisor supervisor() {
			throw refusal(); // as build() does on a system that lacks it
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SysprimsAutoConfiguration.class)
	static class FailingRunner {

		@Bean
		ApplicationRunner runner() {
			return (arguments) -> {
				throw refusal();
			};
		}

	}

}
