package dev.sysprims.boot.actuate;

import java.lang.management.ManagementFactory;
import java.util.Arrays;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import dev.sysprims.boot.fixture.RunningApplication;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.JobState;
import org.junit.jupiter.api.Test;

import org.springframework.jmx.support.ObjectNameManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

/** The same endpoint over JMX, where there is no web extension. */
class SysprimsEndpointJmxTests {

	private static final String JMX = "spring.jmx.enabled=true";

	private static final String EXPOSED = "management.endpoints.jmx.exposure.include=sysprims";

	private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	@Test
	void jobsAreShownAndEnded() throws Exception {
		try (RunningApplication application = RunningApplication.start(JMX, EXPOSED,
				"management.endpoint.sysprims.access=unrestricted")) {
			Job job = application.supervisor().start(JobSpec.command("sleep", "60").build());
			assertThat(invoke("jobs")).asInstanceOf(MAP).containsOnlyKeys("platform", "totals", "jobs");
			assertThat(invoke("job", job.id())).asInstanceOf(MAP)
				.containsEntry("id", job.id())
				.extractingByKey("output")
				.asInstanceOf(MAP)
				.containsEntry("stdout", "******");
			assertThat(invoke("job", "unknown")).isNull();
			assertThat(invoke("terminate", "unknown")).isNull();
			assertThat(invoke("terminate", job.id())).asInstanceOf(MAP).containsEntry("outcome", "TERMINATED");
			assertThat(job.state()).isEqualTo(JobState.ENDED);
		}
	}

	@Test
	void endingAJobIsNotOfferedByDefault() throws Exception {
		try (RunningApplication application = RunningApplication.start(JMX, EXPOSED)) {
			assertThat(application.context().getBeansOfType(SysprimsEndpoint.class)).hasSize(1);
			assertThat(this.server.getMBeanInfo(name()).getOperations()).extracting((operation) -> operation.getName())
				.containsExactlyInAnyOrder("jobs", "job");
		}
	}

	private Object invoke(String operation, String... arguments) throws Exception {
		String[] signature = new String[arguments.length];
		Arrays.fill(signature, String.class.getName());
		return this.server.invoke(name(), operation, arguments, signature);
	}

	private static ObjectName name() throws Exception {
		return ObjectNameManager.getInstance("org.springframework.boot:type=Endpoint,name=Sysprims");
	}

}
