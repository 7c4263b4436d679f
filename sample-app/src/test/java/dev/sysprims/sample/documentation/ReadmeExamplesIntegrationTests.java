package dev.sysprims.sample.documentation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.sysprims.boot.autoconfigure.SysprimsAutoConfiguration;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.JobState;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The examples of README.md, run; {@link DocumentationTests} compares them. */
class ReadmeExamplesIntegrationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(SysprimsAutoConfiguration.class))
		.withBean(Checksums.class);

	@TempDir
	private Path directory;

	@Test
	void aServiceThatRunsAProgram() throws Exception {
		Path file = Files.writeString(this.directory.resolve("file"), "abc");
		this.application.run((context) -> {
			assertThat(context.getBean(Checksums.class).sha256(file))
				.startsWith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
			assertThatExceptionOfType(IllegalStateException.class)
				.isThrownBy(() -> context.getBean(Checksums.class).sha256(file.resolveSibling("missing")))
				.withMessageContaining("FAILED")
				.withMessageContaining("missing");
		});
	}

	@Test
	void cancellingWithAnInterruptEndsTheTree() {
		this.application.run((context) -> {
			ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
			ExecutorService executor = Executors.newSingleThreadExecutor();
			JobSpec spec = JobSpec.command("sh", "-c", "sleep 600 & wait").build();
			Future<JobResult> future = executor.submit(() -> supervisor.run(spec));
			ProcessFixture.awaitTrue(() -> supervisor.totals().started() == 1, "the job did not start");
			future.cancel(true); // interrupts the thread in run: the whole tree is ended
			assertThatExceptionOfType(CancellationException.class).isThrownBy(future::get);
			executor.shutdown();
			assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
			assertThat(supervisor.jobs()).singleElement()
				.satisfies((job) -> assertThat(job.await().outcome()).isEqualTo(JobOutcome.TERMINATED));
		});
	}

	@Test
	void cancellingACompletableFutureEndsNothing() {
		this.application.run((context) -> {
			ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
			Job job = supervisor.start(JobSpec.command("sleep", "600").build());
			job.completion().cancel(true); // interrupts nobody: the job runs on
			assertThat(job.state()).isEqualTo(JobState.RUNNING);
			job.terminate(); // this ends it
			assertThat(job.state()).isEqualTo(JobState.ENDED);
		});
	}

	@Test
	void aJobForCodeThatTakesAProcess() {
		this.application.run((context) -> {
			ProcessSupervisor supervisor = context.getBean(ProcessSupervisor.class);
			JobSpec spec = JobSpec.command("sh", "-c", "sleep 600 & cat").piped().build();
			Process process = supervisor.start(spec).toProcess();
			process.destroy(); // ends sh, sleep and cat, not sh alone
			assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
			assertThat(process.isAlive()).isFalse();
		});
	}

}
