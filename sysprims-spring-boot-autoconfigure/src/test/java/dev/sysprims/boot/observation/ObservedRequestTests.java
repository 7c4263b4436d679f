package dev.sysprims.boot.observation;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.sysprims.boot.fixture.RunningApplication;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** The observation of a job that an HTTP request starts, in a whole application. */
class ObservedRequestTests {

	@Test
	void aJobThatARequestStartsIsAChildOfThatRequest() throws Exception {
		try (RunningApplication application = RunningApplication.start(new Class<?>[] { Jobs.class })) {
			assertThat(application.get("/run").status()).isEqualTo(200);
			Recorded recorded = application.context().getBean(Recorded.class);
			JobObservationContext run = recorded.ended.poll(20, TimeUnit.SECONDS);
			assertThat(run).isNotNull();
			ObservationView parent = run.getParentObservation();
			assertThat(parent).isNotNull();
			assertThat(parent.getContextView().getName()).isEqualTo("http.server.requests");
		}
	}

	@Test
	void aJobThatNobodyObservesHasNoParent() throws Exception {
		try (RunningApplication application = RunningApplication.start(new Class<?>[] { Jobs.class })) {
			application.supervisor().run(JobSpec.command("true").build());
			JobObservationContext run = application.context().getBean(Recorded.class).ended.poll(20, TimeUnit.SECONDS);
			assertThat(run).isNotNull();
			assertThat(run.getParentObservation()).isNull();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Jobs {

		@Bean
		Recorded recorded() {
			return new Recorded();
		}

		@Bean
		JobController jobController(ProcessSupervisor supervisor) {
			return new JobController(supervisor);
		}

	}

	@RestController
	static class JobController {

		private final ProcessSupervisor supervisor;

		JobController(ProcessSupervisor supervisor) {
			this.supervisor = supervisor;
		}

		@GetMapping("/run")
		String run() throws InterruptedException {
			return this.supervisor.run(JobSpec.command("true").build()).outcome().name();
		}

	}

	static final class Recorded implements ObservationHandler<JobObservationContext> {

		private final BlockingQueue<JobObservationContext> ended = new LinkedBlockingQueue<>();

		@Override
		public void onStop(JobObservationContext context) {
			this.ended.add(context);
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof JobObservationContext;
		}

	}

}
