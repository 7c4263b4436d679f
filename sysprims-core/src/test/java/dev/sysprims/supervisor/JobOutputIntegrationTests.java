package dev.sysprims.supervisor;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.OutputMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Where output goes, what is kept, and that nothing waits for a slow consumer. */
class JobOutputIntegrationTests extends RealJobs {

	private static final int TAIL = 4096;

	@Override
	ProcessSupervisor.Builder configure(ProcessSupervisor.Builder builder) {
		return super.configure(builder).tailSize(TAIL).lineQueueSize(100);
	}

	@Test
	void bothStreamsAreKeptByDefault() throws InterruptedException {
		Job job = this.supervisor.start(script("echo out; echo err >&2").build());
		job.await();
		assertThat(job.output().stdout()).isEqualTo("out\n");
		assertThat(job.output().stderr()).isEqualTo("err\n");
		assertThat(job.output().stdoutBytes()).containsExactly('o', 'u', 't', '\n');
		assertThat(job.output().stderrBytes()).containsExactly('e', 'r', 'r', '\n');
		assertThat(job.output().dropped()).isZero();
	}

	@Test
	void outputIsThereWhileTheProgramRuns() {
		Job job = this.supervisor.start(script("echo early; exec sleep 60").build());
		ProcessFixture.awaitTrue(() -> job.output().stdout().equals("early\n"), "no output");
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		job.terminate();
	}

	@Test
	void theLastWordsOfAProgramThatIsEndedAreKept() {
		Job job = this.supervisor
			.start(script("trap 'echo bye; exit 0' TERM; announce it; while :; do sleep 0.02; done").build());
		this.fixture.await("it");
		JobResult result = job.terminate();
		assertThat(result.exitCode()).isZero();
		assertThat(result.outcome()).isEqualTo(JobOutcome.TERMINATED);
		assertThat(job.output().stdout()).isEqualTo("bye\n");
	}

	@Test
	void theErrorOutputCanBeMergedInTheOrderOfWriting() throws InterruptedException {
		Job job = this.supervisor
			.start(script("for i in 1 2 3; do echo out $i; echo err $i >&2; done").mergeStderr().build());
		job.await();
		assertThat(job.output().stdout()).isEqualTo("out 1\nerr 1\nout 2\nerr 2\nout 3\nerr 3\n");
		assertThat(job.output().stderr()).isEmpty();
	}

	@Test
	void outputCanGoIntoFiles() throws Exception {
		Path out = this.fixture.directory().resolve("out");
		Path err = this.fixture.directory().resolve("err");
		Files.writeString(out, "old\n");
		Files.writeString(err, "old\n");
		Job job = this.supervisor.start(
				script("echo out; echo err >&2").stdout(OutputMode.file(out)).stderr(OutputMode.appendTo(err)).build());
		job.await();
		assertThat(out).hasContent("out\n");
		assertThat(err).hasContent("old\nerr\n");
		assertThat(job.output().stdout()).isEmpty();
		assertThat(job.output().stderr()).isEmpty();
	}

	@Test
	void outputCanBeDiscarded() throws InterruptedException {
		Job job = this.supervisor
			.start(script("echo out; echo err >&2").stdout(OutputMode.discard()).stderr(OutputMode.discard()).build());
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(job.output().stdoutBytes()).isEmpty();
	}

	@Test
	void linesComeInOrderAndWholeWhateverIsWritten() throws Exception {
		Path text = this.fixture.directory().resolve("text");
		Files.write(text, bytes("first\ncarriage\r\n\nümläut €\n", new byte[] { 'b', (byte) 0xff, 'd', '\n' },
				"m".repeat(1 << 20) + "\n", "last without end"));
		List<String> lines = Collections.synchronizedList(new ArrayList<>());
		Job job = this.supervisor
			.start(JobSpec.command("cat", text.toString()).stdout(OutputMode.lines(lines::add)).build());
		job.await();
		assertThat(lines).containsExactly("first", "carriage", "", "ümläut €", "b\ufffdd", "m".repeat(1 << 20),
				"last without end");
		assertThat(job.output().stdout()).endsWith("mmm\nlast without end").hasSize(TAIL);
		assertThat(job.output().dropped()).isZero();
	}

	@Test
	void linesOfBothStreamsComeOneAtATime() throws InterruptedException {
		AtomicLong inside = new AtomicLong();
		ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
		Job job = this.supervisor.start(script("i=0; while [ $i -lt 40 ]; do echo o$i; echo e$i >&2; i=$((i+1)); done")
			.stdout(OutputMode.lines((line) -> take(line, inside, seen)))
			.stderr(OutputMode.lines((line) -> take(line, inside, seen)))
			.build());
		job.await();
		ProcessFixture.awaitTrue(() -> seen.size() == 80, "lines are missing: " + seen);
		assertThat(seen).filteredOn((line) -> line.startsWith("o")).hasSize(40).startsWith("o0", "o1").endsWith("o39");
		assertThat(seen).filteredOn((line) -> line.startsWith("e")).hasSize(40).startsWith("e0", "e1").endsWith("e39");
	}

	private static void take(String line, AtomicLong inside, ConcurrentLinkedQueue<String> seen) {
		assertThat(inside.incrementAndGet()).isOne();
		seen.add(line);
		inside.decrementAndGet();
	}

	@Test
	void aCallbackThatBlocksHoldsUpNeitherTheProgramNorTheEndAndLossIsDeclared() throws Exception {
		CountDownLatch release = new CountDownLatch(1);
		CompletableFuture<Long> dropped = new CompletableFuture<>();
		this.supervisor.addListener(new JobListener() {

			@Override
			public void outputDropped(Job job, long lines) {
				dropped.complete(lines);
			}

		});
		AtomicLong taken = new AtomicLong();
		Job job = this.supervisor.start(script("i=0; while [ $i -lt 5000 ]; do echo line $i; i=$((i+1)); done")
			.stdout(OutputMode.lines((line) -> {
				awaitQuietly(release);
				taken.incrementAndGet();
			}))
			.build());
		JobResult result = job.await();
		assertThat(result.outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(taken).hasValue(0);
		assertThat(job.output().dropped()).isBetween(4890L, 4900L);
		release.countDown();
		assertThat(dropped.join()).isEqualTo(job.output().dropped());
		assertThat(taken.get() + dropped.join()).isEqualTo(5000);
	}

	@Test
	void aLineCallbackThatThrowsEndsNothing() throws InterruptedException {
		List<String> seen = Collections.synchronizedList(new ArrayList<>());
		Job job = this.supervisor.start(script("echo one; echo two; echo three").stdout(OutputMode.lines((line) -> {
			if (line.equals("two")) {
				throw new IllegalStateException("thrown on purpose by a test");
			}
			seen.add(line);
		})).build());
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(seen).containsExactly("one", "three");
	}

	@Test
	void aTimeoutIsKeptAlthoughAnOrphanHoldsTheOutputAndWhatCameBeforeIsKept() throws InterruptedException {
		// In a session of its own the orphan may be out of sight: it is not what is tried
		// here.
		Job job = this.supervisor.start(script("""
				(setsid sh -c '. "$0"; announce orphan; exec sleep 60' "$FIXTURE" &)
				while [ ! -s '%s/orphan.announced' ]; do sleep 0.01; done
				echo before
				exec sleep 60""".formatted(this.fixture.directory())).timeout(Duration.ofSeconds(1)).build());
		JobResult result = job.await();
		assertThat(result.outcome()).isEqualTo(JobOutcome.TIMED_OUT);
		assertThat(result.elapsed()).isGreaterThanOrEqualTo(Duration.ofSeconds(1)).isLessThan(LONG.dividedBy(2));
		assertThat(job.output().stdout()).isEqualTo("before\n");
		LiveProcess orphan = this.fixture.await("orphan");
		orphan.kill();
		ProcessFixture.awaitTrue(() -> !orphan.isAlive(), "the orphan was not killed");
	}

	@Test
	void aChattyProgramIsEndedPromptly() {
		Job job = this.supervisor.start(script("announce it; exec yes").build());
		this.fixture.await("it");
		ProcessFixture.awaitTrue(() -> job.output().dropped() > 0, "it does not chat");
		JobResult result = job.terminate();
		assertThat(result.escalated()).isFalse();
		assertThat(result.elapsed()).isLessThan(LONG.dividedBy(2));
		assertThat(job.output().stdout()).startsWith("y\n").hasSize(TAIL);
	}

	@Test
	void memoryIsBoundedByTheTailWhateverIsWritten() throws InterruptedException {
		Job job = this.supervisor.start(JobSpec.command("head", "-c", "64M", "/dev/zero").build());
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(job.output().stdoutBytes()).hasSize(TAIL);
		assertThat(job.output().dropped()).isEqualTo((64L << 20) - TAIL);
	}

	private static byte[] bytes(Object... parts) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (Object part : Arrays.asList(parts)) {
			all.write((part instanceof String text) ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) part);
		}
		return all.toByteArray();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
