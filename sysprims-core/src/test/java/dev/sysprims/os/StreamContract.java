package dev.sysprims.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.process.Command;
import dev.sysprims.process.SpawnFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Input and output of children. */
@Timeout(60)
interface StreamContract extends BackendUnderTest {

	@Test
	default void bothOutputsAreCapturedApart() {
		CollectingSink out = new CollectingSink();
		CollectingSink err = new CollectingSink();
		try (StartedChild started = start("echo out; echo err >&2", new ChildInput.Empty(),
				new ChildOutput.Capture(out), new ChildOutput.Capture(err))) {
			started.exit();
			assertThat(out.await().text()).isEqualTo("out\n");
			assertThat(err.await().text()).isEqualTo("err\n");
		}
	}

	@Test
	default void mergedOutputsKeepTheirOrder() {
		CollectingSink out = new CollectingSink();
		String script = "i=0; while [ $i -lt 100 ]; do echo o$i; echo e$i >&2; i=$((i+1)); done";
		try (StartedChild started = start(script, new ChildInput.Empty(), new ChildOutput.Capture(out),
				new ChildOutput.SameAsStdout())) {
			started.exit();
			assertThat(out.await().text().lines()).hasSize(200).startsWith("o0", "e0", "o1").endsWith("o99", "e99");
		}
	}

	@Test
	default void bytesThatAreNoTextAndALineOfAMegabyteAreNotTouched() throws IOException {
		byte[] bytes = randomBytes(1_000_000);
		Path file = Files.write(fixture().directory().resolve("bytes"), bytes);
		CollectingSink out = new CollectingSink();
		try (StartedChild started = start("exec cat", new ChildInput.FromFile(file), new ChildOutput.Capture(out),
				new ChildOutput.Discard())) {
			started.exit();
			assertThat(out.await().bytes()).isEqualTo(bytes);
		}
	}

	@Test
	default void aFileIsEmptiedOrAppendedTo() throws IOException {
		Path file = Files.writeString(fixture().directory().resolve("log"), "before\n");
		try (StartedChild started = start("echo one; echo two >&2", new ChildInput.Empty(),
				new ChildOutput.ToFile(file, true), new ChildOutput.SameAsStdout())) {
			started.exit();
			assertThat(file).hasContent("before\none\ntwo\n");
		}
		try (StartedChild started = start("echo three", new ChildInput.Empty(), new ChildOutput.ToFile(file, false),
				new ChildOutput.Discard())) {
			started.exit();
			assertThat(file).hasContent("three\n");
		}
	}

	@Test
	default void anEmptyInputEndsAtOnce() {
		assertEchoed(new ChildInput.Empty(), new byte[0]);
		assertEchoed(new ChildInput.Bytes(new byte[0]), new byte[0]);
	}

	@Test
	default void moreBytesThanAPipeHoldsAreFedToTheChild() {
		byte[] bytes = randomBytes(3_000_000);
		assertEchoed(new ChildInput.Bytes(bytes), bytes);
	}

	@Test
	default void aChildThatClosesItsInputEarlyIsNoError() {
		try (StartedChild started = start("exec 0<&-; announce child; exit 3",
				new ChildInput.Bytes(randomBytes(1_000_000)), new ChildOutput.Discard(), new ChildOutput.Discard())) {
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(3));
			started.finishStreams();
		}
	}

	@Test
	default void aStreamCarriesAConversationUntilItIsClosed() throws IOException {
		try (StartedChild started = start("while read line; do echo \"<$line>\"; done; exit 4", new ChildInput.Stream(),
				new ChildOutput.Stream(), new ChildOutput.Stream())) {
			OutputStream stdin = started.child().stdin();
			InputStream stdout = started.child().stdout();
			for (String word : new String[] { "one", "two" }) {
				stdin.write((word + "\n").getBytes(StandardCharsets.UTF_8));
				stdin.flush();
				assertThat(stdout.readNBytes(word.length() + 3)).asString().isEqualTo("<" + word + ">\n");
			}
			stdin.close();
			assertThat(stdout.read()).isEqualTo(-1);
			assertThat(started.child().stderr().read()).isEqualTo(-1);
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(4));
			assertThatIOException().isThrownBy(() -> stdin.write(1));
		}
	}

	@Test
	default void aReaderThatDoesNotReadHoldsTheChildUpAndLosesNothing() throws IOException {
		Path written = fixture().directory().resolve("written");
		try (StartedChild started = start("head -c 5000000 /dev/zero; : >'" + written + "'", new ChildInput.Empty(),
				new ChildOutput.Stream(), new ChildOutput.Discard())) {
			InputStream stdout = started.child().stdout();
			assertThat(stdout.readNBytes(1000)).hasSize(1000);
			assertThat(written).doesNotExist();
			assertThat(stdout.readAllBytes()).hasSize(5_000_000 - 1000);
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(0));
			assertThat(written).exists();
		}
	}

	@Test
	default void aReadThatIsInterruptedEndsAndKeepsTheFlag() throws IOException {
		try (StartedChild started = start("announce child; exec sleep 60", new ChildInput.Empty(),
				new ChildOutput.Stream(), new ChildOutput.Discard())) {
			fixture().await("child");
			InputStream stdout = started.child().stdout();
			Thread.currentThread().interrupt();
			assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(stdout::read);
			assertThat(Thread.interrupted()).isTrue();
			CompletableFuture<Boolean> flag = new CompletableFuture<>();
			Thread reader = new Thread(() -> {
				try {
					flag.completeExceptionally(new AssertionError("read " + stdout.read()));
				}
				catch (IOException ex) {
					flag.complete(ex instanceof InterruptedIOException && Thread.currentThread().isInterrupted());
				}
			});
			reader.start();
			reader.interrupt();
			assertThat(StartedChild.get(flag)).isTrue();
		}
	}

	@Test
	default void theEndOfAStreamFollowsItsBytesThoughAnOrphanHoldsThePipe() throws IOException {
		try (StartedChild started = start(ORPHAN + "head -c 30000 /dev/zero; echo last", new ChildInput.Empty(),
				new ChildOutput.Stream(), new ChildOutput.Discard())) {
			started.exit();
			LiveProcess orphan = fixture().await("orphan");
			started.finishStreams();
			byte[] all = started.child().stdout().readAllBytes();
			assertThat(all).hasSize(30_005);
			assertThat(new String(all, StandardCharsets.US_ASCII)).endsWith("last\n");
			assertThat(orphan.isAlive()).isTrue();
		}
	}

	@Test
	default void theEndOfACaptureFollowsItsBytesThoughAnOrphanHoldsThePipe() {
		CollectingSink out = new CollectingSink();
		CollectingSink err = new CollectingSink();
		try (StartedChild started = start(ORPHAN + "head -c 200000 /dev/zero; echo last", new ChildInput.Empty(),
				new ChildOutput.Capture(out), new ChildOutput.Capture(err))) {
			started.exit();
			LiveProcess orphan = fixture().await("orphan");
			started.finishStreams();
			assertThat(out.hasEnded() && err.hasEnded()).isTrue();
			assertThat(out.await().bytes()).hasSize(200_005);
			assertThat(orphan.isAlive()).isTrue();
		}
	}

	@Test
	default void whatAReaderHasNotReadYetIsThereWhenTheStreamsAreFinished() throws IOException {
		try (StartedChild started = start("head -c 60000 /dev/zero", new ChildInput.Stream(), new ChildOutput.Stream(),
				new ChildOutput.Discard())) {
			started.exit();
			started.finishStreams();
			started.finishStreams();
			assertThat(started.child().stdout().readAllBytes()).hasSize(60_000);
			assertThatIOException().isThrownBy(() -> started.child().stdin().write(1));
		}
	}

	@Test
	default void finishingEndsAnOpenInput() {
		try (StartedChild started = start("cat; exit 8", new ChildInput.Stream(), new ChildOutput.Discard(),
				new ChildOutput.Discard())) {
			started.finishStreams();
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(8));
		}
	}

	@Test
	default void aWriterLearnsThatTheChildReadsNoMore() {
		try (StartedChild started = start("exec 0<&-; announce child; exec sleep 60", new ChildInput.Stream(),
				new ChildOutput.Discard(), new ChildOutput.Discard())) {
			fixture().await("child");
			OutputStream stdin = started.child().stdin();
			assertThatIOException().isThrownBy(() -> {
				while (true) {
					stdin.write(new byte[8192]);
				}
			}).withMessageContaining("Broken pipe");
		}
	}

	@Test
	default void streamsThatWereNotAskedForAreClosedOrEmpty() throws IOException {
		try (StartedChild started = start("exit 0")) {
			assertThatIOException().isThrownBy(() -> started.child().stdin().write(1));
			assertThat(started.child().stdout().read()).isEqualTo(-1);
			assertThat(started.child().stderr().read()).isEqualTo(-1);
		}
	}

	@Test
	default void aFifoIsRefusedAndNotWaitedFor() throws IOException, InterruptedException {
		Path fifo = fixture().directory().resolve("fifo");
		assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
		assertRefused(new ChildInput.FromFile(fifo), new ChildOutput.Discard(), "FIFO");
		assertRefused(new ChildInput.Empty(), new ChildOutput.ToFile(fifo, true), "FIFO");
	}

	@Test
	default void aFileThatCannotBeOpenedIsNamed() {
		Path missing = fixture().directory().resolve("missing/file");
		assertRefused(new ChildInput.FromFile(missing), new ChildOutput.Discard(), missing.toString());
		assertRefused(new ChildInput.Empty(), new ChildOutput.ToFile(missing, false), missing.toString());
		Path directory = fixture().directory();
		assertRefused(new ChildInput.Empty(), new ChildOutput.ToFile(directory, false), directory.toString());
	}

	/** Leaves a process behind that holds stdout and stderr. */
	String ORPHAN = "sh -c '. \"$0\"; announce orphan; exec sleep 60' \"$FIXTURE\" & ";

	private StartedChild start(String script, ChildInput stdin, ChildOutput stdout, ChildOutput stderr) {
		Command command = Command.of(fixture().sh(script).toArray(String[]::new));
		return StartedChild.start(os(), new SpawnRequest(command, stdin, stdout, stderr));
	}

	private void assertEchoed(ChildInput input, byte[] expected) {
		CollectingSink out = new CollectingSink();
		try (StartedChild started = start("exec cat", input, new ChildOutput.Capture(out), new ChildOutput.Discard())) {
			assertThat(started.exit()).isEqualTo(ExitStatus.exited(0));
			assertThat(Arrays.equals(out.await().bytes(), expected)).isTrue();
		}
	}

	private void assertRefused(ChildInput stdin, ChildOutput stdout, String words) {
		assertThatExceptionOfType(SpawnFailedException.class)
			.isThrownBy(() -> start("exit 0", stdin, stdout, new ChildOutput.Discard()).close())
			.withMessageContaining(words);
	}

	private static byte[] randomBytes(int length) {
		byte[] bytes = new byte[length];
		new Random(4711).nextBytes(bytes);
		return bytes;
	}

}
