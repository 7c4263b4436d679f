package dev.sysprims.boot.classpath;

import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;

/** An application that has the starter and nothing else. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BareApplication {

	public static void main(String[] arguments) throws InterruptedException {
		for (String type : new String[] { "org.springframework.boot.actuate.endpoint.annotation.Endpoint",
				"org.springframework.boot.health.contributor.Health", "io.micrometer.core.instrument.MeterRegistry",
				"org.springframework.web.context.WebApplicationContext", "tools.jackson.databind.json.JsonMapper",
				"com.fasterxml.jackson.annotation.JsonValue" }) {
			say("present " + type + "=" + ClassUtils.isPresent(type, null));
		}
		try (ConfigurableApplicationContext context = SpringApplication.run(BareApplication.class, arguments)) {
			for (String name : context.getBeanDefinitionNames()) {
				if (name.contains("sysprims") || name.contains("processSupervisor")) {
					say("bean " + name);
				}
			}
			JobResult result = context.getBean(ProcessSupervisor.class)
				.run(JobSpec.command("/bin/sh", "-c", "exit 7").build());
			say("exit code " + result.exitCode());
		}
		say("closed");
	}

	private static void say(String line) {
		System.out.println(line);
	}

}
