package dev.sysprims.boot.lifecycle;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import dev.sysprims.process.OutputMode;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.ContextRefreshedEvent;

/**
 * An application with one job, for a JVM of its own. The profile says what becomes of it;
 * the job's script says {@code ready} when its whole tree runs.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class JobApplication {

	private final CountDownLatch ready = new CountDownLatch(1);

	private final String script;

	private final Duration grace;

	JobApplication(@Value("${job.script}") String script, @Value("${job.grace}") Duration grace) {
		this.script = script;
		this.grace = grace;
	}

	public static void main(String[] arguments) {
		SpringApplication.run(JobApplication.class, arguments);
	}

	private void awaitReady() {
		try {
			this.ready.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("interrupted before the job was ready", ex);
		}
	}

	private JobSpec job() {
		return JobSpec.command("/bin/sh", this.script)
			.stdout(OutputMode.lines((line) -> this.ready.countDown()))
			.graceTimeout(this.grace)
			.build();
	}

	@Bean
	@Profile("start-when-ready")
	ApplicationListener<ApplicationReadyEvent> startWhenReady(ProcessSupervisor supervisor) {
		return (event) -> System.out.println("job started " + supervisor.start(job()).id());
	}

	@Bean
	@Profile("exit-in-refresh")
	InitializingBean exitInRefresh(ProcessSupervisor supervisor) {
		return () -> {
			supervisor.start(job());
			awaitReady();
			System.exit(3);
		};
	}

	@Bean
	@Profile("exit-when-refreshed")
	ApplicationListener<ContextRefreshedEvent> exitWhenRefreshed(ProcessSupervisor supervisor) {
		return (event) -> {
			supervisor.start(job());
			awaitReady();
			System.exit(4);
		};
	}

	@Bean
	@Profile("run-in-refresh")
	InitializingBean runInRefresh(ProcessSupervisor supervisor) {
		return () -> supervisor.run(job());
	}

}
