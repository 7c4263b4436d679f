package dev.sysprims.boot.classpath;

import java.nio.file.Path;
import java.util.regex.Pattern;

import dev.sysprims.boot.fixture.ChildJvm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A JVM whose class path has what the starter brings: no Actuator, no Micrometer core, no
 * web server, no Jackson.
 */
class BareClassPathIntegrationTests {

	/** Of the tests' class path, what sysprims-spring-boot-starter depends on. */
	private static final Pattern STARTER = Pattern
		.compile("(spring-boot|spring-boot-autoconfigure|spring-(core|beans|context|aop|expression)|commons-logging"
				+ "|jspecify|slf4j-api|jul-to-slf4j|log4j-(api|to-slf4j)|logback-(core|classic)|snakeyaml"
				+ "|jakarta\\.annotation-api|micrometer-(commons|observation)|jna|jna-platform)-[0-9].*\\.jar");

	@Test
	void theStarterAloneIsEnough() throws Exception {
		try (ChildJvm jvm = ChildJvm.start(BareApplication.class, BareClassPathIntegrationTests::isOfTheStarter)) {
			assertThat(jvm.awaitExit()).as(jvm.output()).isZero();
			assertThat(jvm.output().lines().filter((line) -> line.startsWith("present "))).hasSize(6)
				.allMatch((line) -> line.endsWith("=false"));
			assertThat(jvm.output().lines()).contains("bean processSupervisor", "bean processSupervisorLifecycle",
					"exit code 7", "closed");
			assertThat(jvm.output()).doesNotContain("bean sysprimsEndpoint")
				.doesNotContain("bean sysprimsHealthIndicator")
				.doesNotContain("bean sysprimsJobMetrics")
				.doesNotContain("bean sysprimsObservedJobs")
				.doesNotContain("Exception");
		}
	}

	@Test
	void notEvenMicrometersObservationHasToBeThere() throws Exception {
		try (ChildJvm jvm = ChildJvm.start(BareApplication.class,
				(entry) -> isOfTheStarter(entry) && !entry.getFileName().toString().startsWith("micrometer-"))) {
			assertThat(jvm.awaitExit()).as(jvm.output()).isZero();
			assertThat(jvm.output().lines()).contains("exit code 7", "closed");
		}
	}

	private static boolean isOfTheStarter(Path entry) {
		// Our own modules are directories or jars, depending on how far the build has
		// come.
		return entry.toString().contains("sysprims") || STARTER.matcher(entry.getFileName().toString()).matches();
	}

}
