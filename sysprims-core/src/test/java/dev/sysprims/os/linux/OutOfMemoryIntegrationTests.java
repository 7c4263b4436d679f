package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;
import dev.sysprims.process.ExitCause;
import dev.sysprims.process.Signal;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobOutcome;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.JobState;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The kernel ends jobs for lack of memory: because of a limit above their cgroups, as a
 * container has one. Needs the memory controller of cgroup v2.
 */
@Timeout(120)
class OutOfMemoryIntegrationTests {

	/** Needs 256 MiB at once, and four times what the limit is. */
	private static final String HOG = "dd if=/dev/zero of=/dev/null bs=256M count=1 2>/dev/null";

	private static final long LIMIT_KB = 64 * 1024;

	private ProcessSupervisor supervisor;

	/** Keeps the cgroup above all jobs, and is too small to be chosen as a victim. */
	private Job bystander;

	private Path above;

	@BeforeEach
	void limitTheMemoryOfAllJobs() throws IOException {
		CgroupsHere.assumeAvailable(LinuxSystem.open());
		this.supervisor = ProcessSupervisor.builder().containment(Containment.CGROUP).build();
		this.bystander = this.supervisor.start(JobSpec.command("sleep", "600").build());
		this.above = Objects.requireNonNull(cgroupOf(this.bystander).getParent());
		if (!Files.exists(this.above.resolve("memory.max"))) {
			System.err.println("SKIPPED, jobs that run out of memory are NOT tested: " + this.above
					+ " has no memory controller. .ci/guest-tests has one.");
		}
		assumeThat(this.above.resolve("memory.max")).as("the memory controller").exists();
		limit("memory.max", LIMIT_KB + "K");
		limit("memory.swap.max", "0");
	}

	@AfterEach
	void close() throws IOException {
		if (this.above == null) {
			return;
		}
		assertThat(this.bystander.state()).as("the bystander was not disturbed").isEqualTo(JobState.RUNNING);
		limit("memory.max", "max");
		limit("memory.swap.max", "max");
		this.supervisor.close();
	}

	@Test
	void aProgramThatTheKernelEndedSaysSo() throws Exception {
		JobResult result = this.supervisor.run(JobSpec.command("sh", "-c", "exec " + HOG).build());
		assertThat(result.cause()).isEqualTo(ExitCause.OUT_OF_MEMORY);
		assertThat(result.outcome()).isEqualTo(JobOutcome.FAILED);
		assertThat(result.signal()).isEqualTo(Signal.KILL);
		assertThat(result.exitCode()).isNull();
		assertThat(warnings(result)).isEmpty();
		// The kernel lets whoever is about to end go over the limit a little: 696 KiB
		// more than one were seen.
		assertThat(result.usage().peakMemoryKb()).isBetween(LIMIT_KB / 2, LIMIT_KB * 3 / 2);
	}

	@Test
	void everyOneOfManyVictimsSaysSo() throws Exception {
		for (int i = 0; i < 10; i++) {
			JobResult result = this.supervisor.run(JobSpec.command("sh", "-c", "exec " + HOG).build());
			assertThat(result.cause()).as("run %s", i).isEqualTo(ExitCause.OUT_OF_MEMORY);
		}
	}

	@Test
	void aMemberThatTheKernelEndedIsToldInAWarning() throws Exception {
		JobResult result = this.supervisor.run(JobSpec.command("sh", "-c", HOG + "; exit 3").build());
		assertThat(result.cause()).isEqualTo(ExitCause.EXIT);
		assertThat(result.exitCode()).isEqualTo(3);
		assertThat(warnings(result)).hasSize(1)
			.first()
			.asString()
			.contains("1 process of this tree", "lack of memory", "not the program itself");
	}

	@Test
	void aVictimInACgroupThatTheProgramMadeCounts() throws Exception {
		String name = CgroupsHere.cgroupOf(this.bystander.pid()).substring("0::".length());
		String path = cgroupOf(this.bystander).toString();
		String mount = path.substring(0, path.length() - name.length());
		String script = "inner=$0$(sed -n s/^0:://p /proc/self/cgroup)/inner; mkdir $inner && echo $$ >$inner/cgroup.procs"
				+ " && exec " + HOG;
		JobResult result = this.supervisor.run(JobSpec.command("sh", "-c", script, mount).build());
		assertThat(result.cause()).isEqualTo(ExitCause.OUT_OF_MEMORY);
	}

	@Test
	void aProgramThatWeKilledAfterwardsIsNoVictim() throws Exception {
		try (ProcessFixture fixture = new ProcessFixture()) {
			Job job = this.supervisor
				.start(JobSpec.command(fixture.sh(HOG + "; announce survived; exec sleep 600")).build());
			fixture.await("survived");
			job.signal(Signal.KILL);
			JobResult result = job.await();
			assertThat(result.cause()).isEqualTo(ExitCause.SIGNAL);
			assertThat(warnings(result)).hasSize(1).first().asString().contains("cannot be told");
		}
	}

	@Test
	void aProgramThatIsKilledWithMemoryLeftIsNoVictim() throws Exception {
		Job job = this.supervisor.start(JobSpec.command("sleep", "600").build());
		ProcessHandle.of(job.pid()).orElseThrow().destroyForcibly();
		JobResult result = job.await();
		assertThat(result.cause()).isEqualTo(ExitCause.SIGNAL);
		assertThat(warnings(result)).isEmpty();
	}

	@Test
	void thePeakIsOfTheWholeTree() throws Exception {
		JobResult small = this.supervisor.run(JobSpec.command("true").build());
		JobResult large = this.supervisor
			.run(JobSpec.command("sh", "-c", "dd if=/dev/zero of=/dev/null bs=32M count=1 2>/dev/null & wait").build());
		assertThat(small.usage().peakMemoryKb()).isLessThan(16 * 1024);
		assertThat(large.usage().peakMemoryKb()).isBetween(32L * 1024, 48L * 1024);
	}

	/** Those of this job, and not of all. */
	private List<String> warnings(JobResult result) {
		return result.warnings().stream().filter((it) -> !this.bystander.warnings().contains(it)).toList();
	}

	private void limit(String name, String value) throws IOException {
		Path file = this.above.resolve(name);
		if (Files.exists(file)) {
			Files.writeString(file, value);
		}
	}

	/** Jobs stand below this JVM's own cgroup, or beside it. */
	private static Path cgroupOf(Job job) throws IOException {
		String path = CgroupsHere.cgroupOf(job.pid());
		String[] names = path.split("/");
		Path tail = Path.of(names[names.length - 2], names[names.length - 1]);
		CgroupPlace place = CgroupPlace.find(Files.readString(Path.of("/proc/self/cgroup")),
				Files.readString(Path.of("/proc/self/mountinfo")));
		Path base = Path.of(Objects.requireNonNull(place.directory()));
		return Stream.of(base, Objects.requireNonNull(base.getParent()))
			.map((start) -> start.resolve(tail))
			.filter(Files::isDirectory)
			.findFirst()
			.orElseThrow();
	}

}
