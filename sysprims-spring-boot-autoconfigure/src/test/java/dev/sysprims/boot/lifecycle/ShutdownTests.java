package dev.sysprims.boot.lifecycle;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.sysprims.boot.fixture.RunningApplication.Response;
import dev.sysprims.boot.fixture.RunningApplication;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.JobState;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** How a whole application stops, with real processes. */
@ExtendWith(OutputCaptureExtension.class)
class ShutdownTests {

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	/** A management server on a port of its own stops in the same phase. */
	@ParameterizedTest
	@ValueSource(strings = { "management.server.port=", "management.server.port=0" })
	void stubbornJobsAreAllEndedInsideThePhaseTimeout(String managementPort, CapturedOutput output) {
		RunningApplication application = RunningApplication.start(managementPort,
				"spring.lifecycle.timeout-per-shutdown-phase=3s");
		List<Job> jobs = new ArrayList<>();
		for (int i = 0; i < 6; i++) {
			jobs.add(start(application, "trap '' TERM; announce stubborn-" + i + "; while :; do sleep 60; done",
					"stubborn-" + i));
		}
		long start = System.nanoTime();
		application.close();
		Duration took = Duration.ofNanos(System.nanoTime() - start);
		assertThat(this.fixture.announced()).hasSize(6);
		assertThat(this.fixture.survivors()).isEmpty();
		assertThat(jobs).extracting(Job::state).containsOnly(JobState.ENDED);
		assertThat(jobs).allSatisfy((job) -> assertThat(job.completion().join().escalated()).isTrue());
		// In parallel: one after the other they would take 12 s, and their own grace is 5
		// min.
		assertThat(took).isLessThan(Duration.ofSeconds(8));
		assertThat(output).doesNotContain("still running after timeout").contains("Ending 6 job(s)");
	}

	@Test
	void jobsThatEndPolitelyAreNotWaitedForLonger() {
		RunningApplication application = RunningApplication.start();
		Job job = start(application, "announce polite; exec sleep 60", "polite");
		long start = System.nanoTime();
		application.close();
		assertThat(job.completion().join().escalated()).isFalse();
		assertThat(this.fixture.survivors()).isEmpty();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
	}

	@Test
	void aPausedContextKeepsItsChildren() {
		try (RunningApplication application = RunningApplication.start()) {
			Job job = start(application, "announce kept; exec sleep 60", "kept");
			LiveProcess process = this.fixture.await("kept");
			application.context().pause();
			assertThat(process.isAlive()).isTrue();
			assertThat(job.state()).isEqualTo(JobState.RUNNING);
			application.context().restart();
			assertThat(process.isAlive()).isTrue();
			assertThat(start(application, "announce later; exec sleep 60", "later").state())
				.isEqualTo(JobState.RUNNING);
			assertThat(application.get("/actuator/health").status()).isEqualTo(200);
		}
		assertThat(this.fixture.announced()).hasSize(2);
		assertThat(this.fixture.survivors()).isEmpty();
	}

	@Test
	void aRequestThatWaitsForItsJobIsAnsweredBeforeTheJobsAreEnded(CapturedOutput output) throws Exception {
		Path script = this.fixture.directory().resolve("transcode.sh");
		Path go = this.fixture.directory().resolve("go");
		Files.writeString(script, this.fixture.sh("announce request; read line <'" + go + "'").get(2));
		mkfifo(go);
		RunningApplication application = RunningApplication.start(new Class<?>[] { Transcoder.class },
				"script=" + script);
		CompletableFuture<Response> answer = application.send("/transcode", "GET");
		LiveProcess background = startBackground(application);
		this.fixture.await("request");
		CompletableFuture<Void> closed = CompletableFuture.runAsync(application::close);
		// The web server drains now: the request's job is let go on only after that has
		// begun.
		ProcessFixture.awaitTrue(() -> application.context().isClosed(), "the context does not close");
		assertThat(background.isAlive()).isTrue();
		Files.writeString(go, "go\n");
		assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(new Response(200, "SUCCEEDED"));
		closed.get(20, TimeUnit.SECONDS);
		assertThat(this.fixture.survivors()).isEmpty();
	}

	@Test
	void aTaskThatWaitsForItsJobIsTakenThereBeforeItsExecutorIsStopped() throws Exception {
		RunningApplication application = RunningApplication.start(new Class<?>[] { Worker.class });
		ProcessSupervisor supervisor = application.supervisor();
		CountDownLatch started = new CountDownLatch(1);
		Future<JobResult> task = application.context().getBean("worker", ThreadPoolTaskExecutor.class).submit(() -> {
			Job job = supervisor
				.start(JobSpec.command(this.fixture.sh("announce task; exec sleep 60")).name("task").build());
			started.countDown();
			return job.await();
		});
		assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
		this.fixture.await("task");
		application.close();
		// Not interrupted: the executor came later and found the task finished.
		assertThat(task.get(20, TimeUnit.SECONDS).outcome()).isEqualTo(JobOutcome.TERMINATED);
		assertThat(this.fixture.survivors()).isEmpty();
	}

	@Test
	void listenersAreToldOfTheEndBeforeWhatTheyUseIsDestroyed() {
		RunningApplication application = RunningApplication.start(new Class<?>[] { Archiving.class });
		start(application, "announce archived; exec sleep 60", "archived");
		Archive archive = application.context().getBean(Archive.class);
		application.close();
		assertThat(archive.wasOpenAtTheEndOfTheJob).isTrue();
		assertThat(archive.open).isFalse();
	}

	private static void mkfifo(Path path) throws Exception {
		assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
	}

	private LiveProcess startBackground(RunningApplication application) {
		start(application, "announce background; exec sleep 60", "background");
		return this.fixture.await("background");
	}

	private Job start(RunningApplication application, String script, String announced) {
		Job job = application.supervisor()
			.start(JobSpec.command(this.fixture.sh(script)).graceTimeout(Duration.ofMinutes(5)).build());
		this.fixture.await(announced);
		return job;
	}

	@Configuration(proxyBeanMethods = false)
	static class Transcoder {

		@Bean
		TranscodeController transcodeController(ProcessSupervisor supervisor, @Value("${script}") String script) {
			return new TranscodeController(supervisor, script);
		}

	}

	@RestController
	static class TranscodeController {

		private final ProcessSupervisor supervisor;

		private final String script;

		TranscodeController(ProcessSupervisor supervisor, String script) {
			this.supervisor = supervisor;
			this.script = script;
		}

		@GetMapping("/transcode")
		String transcode() throws InterruptedException {
			return this.supervisor.run(JobSpec.command("/bin/sh", this.script).build()).outcome().name();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Archiving {

		@Bean
		Archive archive() {
			return new Archive();
		}

		@Bean
		JobListener archiver(Archive archive) {
			return new JobListener() {
				@Override
				public void ended(Job job, JobResult result) {
					archive.storeSlowly();
				}
			};
		}

	}

	/** Something that a listener uses, such as a database. */
	static final class Archive implements DisposableBean {

		private final CountDownLatch destroyed = new CountDownLatch(1);

		private volatile boolean open = true;

		private volatile boolean wasOpenAtTheEndOfTheJob;

		void storeSlowly() {
			try {
				// Ends early, and too late, when nobody waits for the listener.
				this.destroyed.await(700, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			this.wasOpenAtTheEndOfTheJob = this.open;
		}

		@Override
		public void destroy() {
			this.open = false;
			this.destroyed.countDown();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Worker {

		@Bean
		ThreadPoolTaskExecutor worker() {
			return new ThreadPoolTaskExecutor();
		}

	}

}
