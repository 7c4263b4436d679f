package dev.sysprims.supervisor;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What callers in the field rely on when they are given a job as a process. */
class JobProcessIntegrationTests extends RealJobs {

	private static final String TREE = """
			sh -c '. "$0"; announce member; exec sleep 60' "$FIXTURE" &
			announce top; wait""";

	private static final String STUBBORN_TREE = """
			sh -c '. "$0"; trap "" TERM; announce member; while :; do sleep 0.1; done' "$FIXTURE" &
			announce top; wait""";

	@Test
	void itIsAlwaysTheSameObject() throws InterruptedException {
		Job job = this.supervisor.start(script("exit 0").build());
		Process process = job.toProcess();
		job.await();
		assertThat(job.toProcess()).isSameAs(process);
	}

	@Test
	void destroyReturnsAtOnceAndEndsTheWholeTree() throws InterruptedException {
		Job job = this.supervisor.start(script(STUBBORN_TREE).build());
		LiveProcess member = this.fixture.await("member");
		this.fixture.await("top");
		Process process = job.toProcess();
		process.destroy();
		assertThat(process.isAlive()).as("alive is the tree, and a member ignores the signal").isTrue();
		assertThat(member.isAlive()).isTrue();
		process.destroyForcibly();
		assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
		assertThat(member.isAlive()).isFalse();
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.TERMINATED);
	}

	@Test
	void destroyClosesTheStreamsSoThatAServerThatIgnoresTheSignalEndsByEndOfFile() throws InterruptedException {
		Job job = this.supervisor
			.start(script("trap '' TERM; announce server; while read line; do :; done; exit 9").piped().build());
		this.fixture.await("server");
		Process process = job.toProcess();
		process.destroy();
		assertThat(process.waitFor()).isEqualTo(9);
		assertThat(job.await().escalated()).isFalse();
		assertThatIOException().isThrownBy(() -> process.getOutputStream().write(1));
		assertThatIOException().isThrownBy(() -> process.getInputStream().read());
		assertThatIOException().isThrownBy(() -> process.getErrorStream().read());
	}

	@Test
	void destroyDoesNotWaitForAWriterThatIsHeldUp() {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").piped().build());
		this.fixture.await("it");
		Process process = job.toProcess();
		Interruptible<Void> writer = onAThread(() -> {
			OutputStream stdin = process.getOutputStream();
			for (int i = 0; i < 100; i++) {
				stdin.write(new byte[64 * 1024]);
				stdin.flush();
			}
			return null;
		});
		Interruptible<Integer> reader = onAThread(() -> process.getInputStream().read());
		writer.awaitWaiting();
		reader.awaitWaiting();
		process.destroy();
		assertThat(writer.outcome()).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(IOException.class);
		// A reader that waits gets the end of file or an error, but gets it.
		assertThat(reader.outcome().handle((read, failure) -> failure instanceof IOException || read == -1).join())
			.isTrue();
	}

	@Test
	void destroyForciblyDoesWithoutGrace() throws InterruptedException {
		Job job = this.supervisor.start(script(STUBBORN_TREE).build());
		LiveProcess member = this.fixture.await("member");
		this.fixture.await("top");
		Process process = job.toProcess();
		assertThat(process.destroyForcibly()).isSameAs(process);
		process.waitFor();
		assertThat(member.isAlive()).isFalse();
		assertThat(job.await().elapsed()).isLessThan(LONG.dividedBy(2));
	}

	@Test
	void itIsAliveAsLongAsAnybodyOfItsTreeIs() throws InterruptedException {
		assumeHas(Capability.OWN_SESSION);
		Job job = this.supervisor.start(script("""
				sh -c '. "$0"; trap "" TERM; announce member; while :; do sleep 0.1; done' "$FIXTURE" &
				while [ ! -s '%s/member.announced' ]; do sleep 0.01; done
				exit 3""".formatted(this.fixture.directory())).build());
		LiveProcess member = this.fixture.await("member");
		Process process = job.toProcess();
		ProcessFixture.awaitTrue(() -> job.state() == JobState.ENDING, "the leftover is not being ended");
		assertThat(process.isAlive()).isTrue();
		assertThatExceptionOfType(IllegalThreadStateException.class).isThrownBy(process::exitValue)
			.withMessageContaining("has not ended");
		process.destroyForcibly();
		assertThat(process.waitFor()).isEqualTo(3);
		assertThat(process.isAlive()).isFalse();
		assertThat(member.isAlive()).isFalse();
	}

	@Test
	void theExitValueAfterASignalIs128AndItsNumber() throws InterruptedException {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").build());
		this.fixture.await("it");
		job.toProcess().destroy();
		assertThat(job.toProcess().waitFor()).isEqualTo(128 + 15);
		assertThat(job.toProcess().exitValue()).isEqualTo(143);
		if (this.backend.has(Capability.EXIT_SIGNAL)) {
			assertThat(job.await().signal()).isEqualTo(Signal.TERM);
		}
	}

	@Test
	void waitForATimeKeepsItAndTellsWhetherItEnded() throws InterruptedException {
		Job job = this.supervisor.start(script("announce it; read line").piped().build());
		this.fixture.await("it");
		Process process = job.toProcess();
		long before = System.nanoTime();
		assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
		assertThat(process.waitFor(-1, TimeUnit.SECONDS)).isFalse();
		Interruptible<Boolean> waiter = onAThread(() -> process.waitFor(Long.MAX_VALUE, TimeUnit.DAYS));
		waiter.awaitWaiting();
		assertThat(job.state()).isEqualTo(JobState.RUNNING);
		closeQuietly(process.getOutputStream());
		assertThat(waiter.outcome().join()).isTrue();
	}

	@Test
	void waitForATimeDoesNotPoll() {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").build());
		this.fixture.await("it");
		Process process = job.toProcess();
		Interruptible<Boolean> waiter = onAThread(() -> process.waitFor(40, TimeUnit.SECONDS));
		waiter.awaitWaiting();
		// Whoever polls sleeps; whoever waits for the event parks on the future of the
		// end.
		assertThat(waiter.stackTrace()).noneMatch((frame) -> frame.getMethodName().equals("sleep"))
			.anyMatch((frame) -> frame.getClassName().equals(CompletableFuture.class.getName()));
		job.terminate();
		assertThat(waiter.outcome().join()).isTrue();
	}

	@Test
	void onExitComesWhenTheTreeIsOverAndIsACopy() throws Exception {
		Job job = this.supervisor.start(script(STUBBORN_TREE).build());
		LiveProcess member = this.fixture.await("member");
		this.fixture.await("top");
		Process process = job.toProcess();
		CompletableFuture<Process> cancelled = process.onExit();
		cancelled.cancel(true);
		CompletableFuture<Boolean> over = process.onExit().thenApply((ended) -> ended == process && !member.isAlive());
		process.destroy();
		assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> over.get(200, TimeUnit.MILLISECONDS));
		process.destroyForcibly();
		assertThat(over.get(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void handlePidAndInfoAreTheProgramsOwn() throws InterruptedException {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").build());
		LiveProcess it = this.fixture.await("it");
		Process process = job.toProcess();
		assertThat(process.pid()).isEqualTo(it.pid()).isEqualTo(job.pid());
		assertThat(process.toHandle()).isEqualTo(ProcessHandle.of(it.pid()).orElseThrow());
		ProcessFixture.awaitTrue(() -> process.info()
			.command()
			.filter((command) -> command.endsWith("sleep") || command.contains("busybox")
					|| command.contains("coreutils"))
			.isPresent(), "no info");
		assertThat(process.info().startInstant()).isPresent();
		assertThat(process.toHandle().parent()).contains(ProcessHandle.current());
		ProcessHandle handle = process.toHandle();
		job.terminate();
		assertThat(process.toHandle()).isEqualTo(handle);
		assertThat(process.info().command()).isEmpty();
		assertThat(process.pid()).isEqualTo(it.pid());
		assertThat(handle.isAlive()).isFalse();
	}

	@Test
	void evenAProgramThatEndsAtOnceHasItsHandle() throws InterruptedException {
		assumeHas(Capability.CLEAN_SPAWN);
		for (int i = 0; i < 50; i++) {
			Job job = this.supervisor.start(JobSpec.command("true").build());
			assertThat(job.toProcess().toHandle().pid()).isEqualTo(job.pid());
			job.await();
		}
	}

	@Test
	void childrenAndDescendantsAreThoseOfTheTree() {
		Job job = this.supervisor.start(
				script("""
						sh -c '. "$0"; sh -c ". \\"\\$0\\"; announce grandchild; exec sleep 60" "$0" & announce child; wait' "$FIXTURE" &
						announce top; wait""")
					.build());
		LiveProcess grandchild = this.fixture.await("grandchild");
		LiveProcess child = this.fixture.await("child");
		this.fixture.await("top");
		Process process = job.toProcess();
		assertThat(process.children().map(ProcessHandle::pid)).containsExactly(child.pid());
		assertThat(process.descendants().map(ProcessHandle::pid)).containsExactlyInAnyOrder(child.pid(),
				grandchild.pid());
		job.terminate();
		assertThat(process.children()).isEmpty();
		assertThat(process.descendants()).isEmpty();
	}

	@Test
	void anOrphanOfTheTreeIsADescendantToo() {
		assumeHas(Capability.OWN_SESSION);
		Job job = this.supervisor.start(script("""
				sh -c 'sh -c ". \\"\\$0\\"; announce orphan; exec sleep 60" "$0" &' "$FIXTURE"
				announce top; exec sleep 60""").build());
		LiveProcess orphan = this.fixture.await("orphan");
		this.fixture.await("top");
		assertThat(job.toProcess().descendants().map(ProcessHandle::pid)).containsExactly(orphan.pid());
		assertThat(job.toProcess().children()).isEmpty();
		job.terminate();
		assertThat(orphan.isAlive()).isFalse();
	}

	@Test
	void normalTerminationIsSupported() {
		Job job = this.supervisor.start(script("exit 0").build());
		assertThat(job.toProcess().supportsNormalTermination()).isTrue();
	}

	@Test
	void closeByNameEndsTheTreeAndClosesTheStreams() throws Exception {
		Job job = this.supervisor.start(script(TREE).piped().build());
		LiveProcess member = this.fixture.await("member");
		this.fixture.await("top");
		Process process = job.toProcess();
		// What a JDK from 26 on declares; here it is found by name.
		process.getClass().getDeclaredMethod("close").invoke(process);
		assertThat(process.waitFor()).isEqualTo(143);
		assertThat(member.isAlive()).isFalse();
		assertThatIOException().isThrownBy(() -> process.getInputStream().read());
		process.getClass().getDeclaredMethod("close").invoke(process);
	}

	@Test
	void aConversationThroughThePipes() throws Exception {
		Job job = this.supervisor.start(
				script("while read line; do echo \"got $line\"; echo \"err $line\" >&2; done; exit 5").piped().build());
		Process process = job.toProcess();
		BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
		BufferedReader err = process.errorReader(StandardCharsets.UTF_8);
		BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8);
		for (String word : List.of("one", "zwölf", "drei")) {
			in.write(word + "\n");
			in.flush();
			assertThat(out.readLine()).isEqualTo("got " + word);
			assertThat(err.readLine()).isEqualTo("err " + word);
		}
		in.close();
		assertThat(out.readLine()).isNull();
		assertThat(process.waitFor()).isEqualTo(5);
	}

	@Test
	void aSlowReaderHoldsTheProgramUpAndNothingIsLost() throws Exception {
		Job job = this.supervisor
			.start(script("i=0; while [ $i -lt 30000 ]; do echo line $i; i=$((i+1)); done; announce done").piped()
				.build());
		assertThat(job.await(SHORT)).as("it is held up by the full pipe").isEmpty();
		assertThat(this.fixture.announced()).isEmpty();
		BufferedReader reader = new BufferedReader(
				new InputStreamReader(job.toProcess().getInputStream(), StandardCharsets.UTF_8));
		for (int i = 0; i < 30000; i++) {
			assertThat(reader.readLine()).isEqualTo("line " + i);
		}
		assertThat(reader.readLine()).isNull();
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
	}

	@Test
	void whatWasInThePipeCanBeReadAfterTheEnd() throws Exception {
		Job job = this.supervisor.start(script("echo out; echo err >&2").piped().build());
		job.await();
		assertThat(read(job.toProcess().getInputStream())).isEqualTo("out\n");
		assertThat(read(job.toProcess().getErrorStream())).isEqualTo("err\n");
	}

	@Test
	void anOrphanElsewhereDoesNotDelayTheEndOfFile() throws Exception {
		Job job = this.supervisor.start(script("""
				(setsid sh -c '. "$0"; announce orphan; exec sleep 60' "$FIXTURE" &)
				while [ ! -s '%s/orphan.announced' ]; do sleep 0.01; done
				echo out; exit 0""".formatted(this.fixture.directory())).piped().build());
		Interruptible<String> reader = onAThread(() -> read(job.toProcess().getInputStream()));
		LiveProcess orphan = this.fixture.await("orphan");
		job.await();
		assertThat(reader.outcome().join()).isEqualTo("out\n");
		orphan.kill();
		ProcessFixture.awaitTrue(() -> !orphan.isAlive(), "the orphan was not killed");
	}

	@Test
	void inOtherModesTheStreamsAreNullStreams() throws Exception {
		Job job = this.supervisor.start(script("announce it; echo out; exec sleep 60").build());
		this.fixture.await("it");
		Process process = job.toProcess();
		assertThat(process.getInputStream().read()).isEqualTo(-1);
		assertThat(process.getErrorStream().read()).isEqualTo(-1);
		assertThat(process.inputReader().readLine()).isNull();
		assertThatIOException().isThrownBy(() -> process.getOutputStream().write(1));
		process.getInputStream().close();
		process.destroy();
		assertThat(process.getInputStream().read()).isEqualTo(-1);
		process.waitFor();
	}

	private static String read(InputStream stream) throws IOException {
		return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
	}

	private static void closeQuietly(OutputStream stream) {
		try {
			stream.close();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
