package dev.sysprims.boot.autoconfigure;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** What an operator reads when a value cannot work. */
@ExtendWith(OutputCaptureExtension.class)
class InvalidSysprimsPropertyTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			sysprims.grace-timeout          | -1s     | PT-1S     | Use 0s to 365d
			sysprims.grace-timeout          | 366d    | PT8784H   | Use 0s to 365d
			sysprims.kill-timeout           | 0s      | PT0S      | Use more than 0s
			sysprims.kill-timeout           | -2s     | PT-2S     | Use more than 0s
			sysprims.kill-timeout           | 366d    | PT8784H   | Use more than 0s
			sysprims.history-size           | -1      | -1        | Use 0 to 100000
			sysprims.history-size           | 100001  | 100001    | Use 0 to 100000
			sysprims.output.tail-size       | 0B      | 0B        | Use 1B to 1GB
			sysprims.output.tail-size       | 1025MB  | 1074790400B | Use 1B to 1GB
			sysprims.output.tail-size       | 3GB     | 3221225472B | Use 1B to 1GB
			sysprims.output.line-queue-size | 0       | 0         | Use 1 to 1000000
			sysprims.output.line-queue-size | 1000001 | 1000001   | Use 1 to 1000000
			sysprims.metrics.max-job-names  | -1      | -1        | Use 0 to 10000
			sysprims.metrics.max-job-names  | 10001   | 10001     | Use 0 to 10000
			""")
	void theStartFailsAndSaysWhichKeyWhichValueWhyAndWhatToDo(String key, String written, String value, String remedy,
			CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--" + key + "=" + written));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("The configuration property '" + key + "' cannot work:")
			.contains("Value: " + value)
			.contains("Set as: \"" + written + "\"")
			.contains("Origin: \"" + key + "\" from property source \"commandLineArgs\"")
			.containsPattern("Reason: [A-Z].+\\.\\R")
			.containsPattern("Action:\\R\\R" + remedy);
	}

	@ParameterizedTest
	@CsvSource({ "sysprims.grace-timeout, 0s", "sysprims.grace-timeout, 365d", "sysprims.kill-timeout, 1ms",
			"sysprims.kill-timeout, 365d", "sysprims.history-size, 0", "sysprims.history-size, 100000",
			"sysprims.output.tail-size, 1B", "sysprims.output.tail-size, 1GB", "sysprims.output.line-queue-size, 1",
			"sysprims.output.line-queue-size, 1000000", "sysprims.metrics.max-job-names, 0",
			"sysprims.metrics.max-job-names, 10000" })
	void theLimitsThemselvesWork(String key, String value) {
		start("--" + key + "=" + value);
	}

	@Test
	void whatIsNoDurationAtAllIsSaidByBoot(CapturedOutput output) {
		assertThatException().isThrownBy(() -> start("--sysprims.grace-timeout=soon"));
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("Property: sysprims.grace-timeout")
			.contains("Value: \"soon\"");
	}

	private static void start(String... arguments) {
		new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments).close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SysprimsAutoConfiguration.class)
	static class Application {

	}

}
