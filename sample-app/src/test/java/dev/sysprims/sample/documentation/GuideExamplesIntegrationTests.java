package dev.sysprims.sample.documentation;

import java.io.BufferedReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sysprims.Sysprims;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.FirstSignal;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.InputMode;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.OutputMode;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.SpawnInGroupConfig;
import dev.sysprims.process.SpawnInGroupResult;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.WaitPidResult;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobListener;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The examples of docs/guide.md, run; {@link DocumentationTests} compares them. */
class GuideExamplesIntegrationTests {

	private final ProcessSupervisor supervisor = ProcessSupervisor.builder().build();

	@TempDir
	private Path directory;

	@AfterEach
	void close() {
		this.supervisor.close();
	}

	@Test
	void timeouts() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		JobSpec spec = JobSpec.command("sh", "-c", "trap '' TERM; sleep 600 & wait")
			.timeout(Duration.ofSeconds(1)) // then SIGTERM to the whole tree
			.graceTimeout(Duration.ofMillis(500)) // then SIGKILL to whoever is left
			.killTimeout(Duration.ofSeconds(2)) // then survivors are named
			.build();
		JobResult result = supervisor.run(spec);
		boolean killed = result.outcome() == JobOutcome.TIMED_OUT && result.escalated();
		assertThat(killed).isTrue();
		assertThat(result.survivors()).isEmpty();
	}

	@Test
	void waitingForATime() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		Job job = supervisor.start(JobSpec.command("sleep", "600").build());
		if (job.await(Duration.ofMillis(100)).isEmpty()) {
			job.terminate(); // await's time is not a timeout of the job
		}
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.TERMINATED);
	}

	@Test
	void aProgramThatIsMissing() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		String reason = "";
		try {
			supervisor.run(JobSpec.command("ffmpge").build());
		}
		catch (CommandNotFoundException ex) {
			reason = ex.getMessage();
		}
		assertThat(reason).contains("ffmpge");
	}

	@Test
	void output() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		Path log = this.directory.resolve("log");
		List<String> lines = new CopyOnWriteArrayList<>();
		JobSpec spec = JobSpec.command("sh", "-c", "echo one; echo two; echo oops >&2")
			.stdout(OutputMode.lines(lines::add))
			.stderr(OutputMode.file(log))
			.build();
		supervisor.run(spec);
		assertThat(lines).containsExactly("one", "two");
		assertThat(log).hasContent("oops");
	}

	@Test
	void mergedOutput() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		JobSpec spec = JobSpec.command("sh", "-c", "echo one; echo oops >&2").mergeStderr().build();
		Job job = supervisor.start(spec);
		job.await();
		String both = job.output().stdout();
		assertThat(both).isEqualTo("one\noops\n");
	}

	@Test
	void input() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		Job job = supervisor.start(JobSpec.command("sort").stdin(InputMode.text("b\na\n")).build());
		job.await();
		assertThat(job.output().stdout()).isEqualTo("a\nb\n");
	}

	@Test
	void environmentAndDirectory() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		Path directory = this.directory;
		JobSpec spec = JobSpec.command("sh", "-c", "echo \"$GREETING in $PWD\"")
			.env("GREETING", "hello")
			.removeEnv("JAVA_TOOL_OPTIONS")
			.cwd(directory)
			.build();
		Job job = supervisor.start(spec);
		job.await();
		assertThat(job.output().stdout()).isEqualTo("hello in " + directory.toRealPath() + "\n");
	}

	@Test
	void leftovers() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		JobSpec spec = JobSpec.command("sh", "-c", "sleep 600 & exit 0").leftovers(Leftovers.END).build();
		JobResult result = supervisor.run(spec);
		boolean ended = result.outcome() == JobOutcome.SUCCEEDED && !result.leftovers().isEmpty();
		assertThat(ended).isTrue();
		assertThat(result.survivors()).isEmpty();
	}

	@Test
	void leaderFirst() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		Path ready = this.directory.resolve("ready");
		String server = "trap 'kill $!; wait; echo workers stopped; exit 0' TERM; sleep 600 & : >\"$0\"; wait";
		JobSpec spec = JobSpec.command("sh", "-c", server, ready.toString())
			.first(FirstSignal.LEADER)
			.graceTimeout(Duration.ofSeconds(30))
			.build();
		Job job = supervisor.start(spec);
		ProcessFixture.awaitTrue(() -> Files.exists(ready), "the server was not ready");
		assertThat(job.terminate().escalated()).isFalse();
		assertThat(job.output().stdout()).isEqualTo("workers stopped\n");
	}

	@Test
	void aJobAsAProcess() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		Process process = supervisor.start(JobSpec.command("cat").piped().build()).toProcess();
		String answer;
		try (Writer writer = process.outputWriter(); BufferedReader reader = process.inputReader()) {
			writer.write("hello\n");
			writer.flush();
			answer = reader.readLine();
		}
		int status = process.waitFor();
		assertThat(answer).isEqualTo("hello");
		assertThat(status).isZero();
	}

	@Test
	void aListener() throws Exception {
		ProcessSupervisor supervisor = this.supervisor;
		AtomicInteger failures = new AtomicInteger();
		supervisor.addListener(new JobListener() {

			@Override
			public void ended(Job job, JobResult result) {
				if (result.outcome() == JobOutcome.FAILED) {
					failures.incrementAndGet();
				}
			}

		});
		supervisor.run(JobSpec.command("false").build());
		ProcessFixture.awaitTrue(() -> failures.get() == 1, "the listener was not told");
	}

	@Test
	void aStoredIdentity() throws Exception {
		Sysprims sysprims = Sysprims.system();
		SpawnInGroupResult child = sysprims.spawnInGroup(SpawnInGroupConfig.command("sleep", "600").build());
		String stored = child.identity().toString();
		ProcessIdentity identity = ProcessIdentity.parse(stored);
		if (sysprims.check(identity) == IdentityCheck.SAME) {
			sysprims.terminateTree(identity, TerminateTreeConfig.defaults());
		}
		assertThat(sysprims.check(identity)).isNotEqualTo(IdentityCheck.SAME);
	}

	@Test
	void waitingForSomebodyElsesProcess() throws Exception {
		Sysprims sysprims = Sysprims.system();
		Process stranger = new ProcessBuilder("sleep", "0.2").start();
		WaitPidResult result = sysprims.waitPid(stranger.pid(), Duration.ofSeconds(10));
		assertThat(result.exited()).isTrue();
	}

}
