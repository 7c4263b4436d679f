package dev.sysprims.os.posix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.fixture.CollectedBytes;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ByteSink;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class ChildStreamsTests {

	private static final ChildInput NO_INPUT = new ChildInput.Empty();

	private static final ChildOutput NO_OUTPUT = new ChildOutput.Discard();

	private static final ChildOutput STREAM = new ChildOutput.Stream();

	private static final OperatingSystem OS = LinuxSystem.open();

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void bothOutputsAreCapturedApart() {
		CollectedBytes out = new CollectedBytes();
		CollectedBytes err = new CollectedBytes();
		try (Spawned spawned = start("echo out; echo err >&2", NO_INPUT, capture(out), capture(err))) {
			assertThat(out.text()).isEqualTo("out\n");
			assertThat(err.text()).isEqualTo("err\n");
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(0));
		}
	}

	@Test
	void errorsGoWhereOutputGoesInTheirOrder() {
		CollectedBytes both = new CollectedBytes();
		try (Spawned spawned = start("echo 1; echo 2 >&2; echo 3", NO_INPUT, capture(both),
				new ChildOutput.SameAsStdout())) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(0));
			assertThat(both.text()).isEqualTo("1\n2\n3\n");
		}
	}

	@Test
	void givenBytesAreReadToTheirEnd() {
		byte[] input = numbered(3_000_000);
		CollectedBytes out = new CollectedBytes();
		try (Spawned spawned = start("exec cat", new ChildInput.Bytes(input), capture(out), NO_OUTPUT)) {
			assertThat(out.all()).isEqualTo(input);
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(0));
		}
	}

	@Test
	void noBytesAreEndOfFileAtOnce() {
		try (Spawned spawned = start("read line; exit $?", new ChildInput.Bytes(new byte[0]), NO_OUTPUT, NO_OUTPUT)) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(1));
		}
	}

	@Test
	void aChildThatClosesItsInputEarlyIsNoError() {
		try (Spawned spawned = start("exec <&-; announce closed; exit 3", new ChildInput.Bytes(new byte[1_000_000]),
				NO_OUTPUT, NO_OUTPUT)) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(3));
		}
	}

	@Test
	void aStreamIsReadAsItComesAndThenEnds() throws IOException {
		try (Spawned spawned = start("echo one; read go; echo two", new ChildInput.Stream(), STREAM, NO_OUTPUT)) {
			BufferedReader out = new BufferedReader(new InputStreamReader(spawned.child().stdout()));
			assertThat(out.readLine()).isEqualTo("one");
			spawned.child().stdin().write("go\n".getBytes(StandardCharsets.US_ASCII));
			assertThat(out.readLine()).isEqualTo("two");
			assertThat(out.readLine()).isNull();
		}
	}

	@Test
	void aLargeStreamIsLossless() throws IOException {
		byte[] input = numbered(3_000_000);
		try (Spawned spawned = start("exec cat", new ChildInput.Stream(), STREAM, NO_OUTPUT)) {
			CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
				try (OutputStream in = spawned.child().stdin()) {
					in.write(input);
				}
				catch (IOException ex) {
					throw new AssertionError(ex);
				}
			});
			assertThat(spawned.child().stdout().readAllBytes()).isEqualTo(input);
			Spawned.get(writer);
		}
	}

	@Test
	void aSlowReaderHoldsTheChildUp() {
		try (Spawned spawned = start("head -c 1000000 /dev/zero; announce done", NO_INPUT, STREAM, NO_OUTPUT)) {
			ProcessFixture.awaitTrue(() -> available(spawned.child().stdout()) == 65536, "the pipe is not full");
			assertThat(this.fixture.announced()).isEmpty();
			assertThat(spawned.hasExited()).isFalse();
		}
	}

	@Test
	void availableIsWhatAReadGetsWithoutWaiting() throws IOException {
		try (Spawned spawned = start("printf 12345; read forever", new ChildInput.Stream(), STREAM, NO_OUTPUT)) {
			InputStream out = spawned.child().stdout();
			assertThat(out.read()).isEqualTo('1');
			ProcessFixture.awaitTrue(() -> available(out) == 4, "the rest did not come");
			assertThat(out.readNBytes(4)).isEqualTo("2345".getBytes(StandardCharsets.US_ASCII));
			assertThat(out.available()).isZero();
			spawned.child().stdin().close();
			assertThat(out.read()).isEqualTo(-1);
			assertThat(out.available()).isZero();
		}
	}

	@Test
	void finishingDeliversWhatIsInThePipeAlthoughAnOrphanHoldsIt() {
		CollectedBytes out = new CollectedBytes();
		try (Spawned spawned = start("(announce orphan; trap '' HUP; exec sleep 60) & echo said; exit 4", NO_INPUT,
				capture(out), new ChildOutput.SameAsStdout())) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(4));
			LiveProcess orphan = this.fixture.await("orphan");
			assertThat(out.hasEnded()).isFalse();
			spawned.finishStreams();
			assertThat(out.hasEnded()).isTrue();
			assertThat(out.text()).isEqualTo("said\n");
			assertThat(orphan.isAlive()).isTrue();
			spawned.finishStreams();
		}
	}

	@Test
	void finishingIsBoundedThoughAnOrphanWritesForEver() {
		CollectedBytes out = new CollectedBytes();
		try (Spawned spawned = start("yes & exit 0", NO_INPUT, capture(out), NO_OUTPUT)) {
			spawned.exit();
			spawned.finishStreams();
			assertThat(out.hasEnded()).isTrue();
		}
	}

	@Test
	void aReaderStillGetsWhatWasInThePipeWhenItWasFinished() throws IOException {
		byte[] expected = numbered(60_000);
		Path file = this.fixture.directory().resolve("bytes");
		Files.write(file, expected);
		try (Spawned spawned = start("(announce orphan; exec sleep 60) & cat '" + file + "'", NO_INPUT, STREAM,
				NO_OUTPUT)) {
			spawned.exit();
			InputStream out = spawned.child().stdout();
			spawned.finishStreams();
			assertThat(out.available()).isEqualTo(expected.length);
			assertThat(out.readAllBytes()).isEqualTo(expected);
			assertThat(out.read()).isEqualTo(-1);
			assertThat(this.fixture.await("orphan").isAlive()).isTrue();
		}
	}

	@Test
	void closingStdinIsTheChildsEndOfFile() throws IOException {
		try (Spawned spawned = start("cat >/dev/null; exit 9", new ChildInput.Stream(), NO_OUTPUT, NO_OUTPUT)) {
			spawned.child().stdin().close();
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(9));
		}
	}

	@Test
	void withoutStreamsThereIsNothingToReadAndWritingIsRefused() throws IOException {
		try (Spawned spawned = start("exec sleep 60", NO_INPUT, NO_OUTPUT, NO_OUTPUT)) {
			assertThat(spawned.child().stdout().read()).isEqualTo(-1);
			assertThat(spawned.child().stderr().read()).isEqualTo(-1);
			assertThatIOException().isThrownBy(() -> spawned.child().stdin().write(1));
		}
	}

	@Test
	void aChattyChildDoesNotStarveAnother() {
		CollectedBytes quiet = new CollectedBytes();
		try (Spawned chatty = start("exec yes", NO_INPUT, capture(new Ignoring()), NO_OUTPUT);
				Spawned other = start("echo heard; read forever", NO_INPUT, capture(quiet), NO_OUTPUT)) {
			assertThat(quiet.text()).isEqualTo("heard\n");
			assertThat(other.exit()).isEqualTo(ExitStatus.exited(1));
			chatty.child().signal(Signal.KILL);
			assertThat(chatty.exit()).isEqualTo(ExitStatus.signalled(Signal.KILL));
		}
	}

	@Test
	void aSinkThatThrowsHoldsNobodyUp() {
		ByteSink broken = new ByteSink() {

			@Override
			public void accept(byte[] buffer, int offset, int length) {
				throw new IllegalStateException("for this test");
			}

			@Override
			public void end() {
			}

		};
		try (Spawned spawned = start("head -c 1000000 /dev/zero; exit 6", NO_INPUT, capture(broken), NO_OUTPUT)) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(6));
		}
	}

	@Test
	void filesAreTheChildsOwn() throws IOException {
		Path in = Files.writeString(this.fixture.directory().resolve("in"), "line\n");
		Path out = Files.writeString(this.fixture.directory().resolve("out"), "old\n");
		Path err = Files.writeString(this.fixture.directory().resolve("err"), "old\n");
		try (Spawned spawned = start("cat; echo failed >&2", new ChildInput.FromFile(in),
				new ChildOutput.ToFile(out, false), new ChildOutput.ToFile(err, true))) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(0));
			assertThat(out).hasContent("line\n");
			assertThat(err).hasContent("old\nfailed\n");
		}
	}

	@Test
	void aNewOutputFileHasTheRightsThatTheUmaskLeaves() throws Exception {
		Path out = this.fixture.directory().resolve("new");
		Path shells = this.fixture.directory().resolve("shells");
		new ProcessBuilder("sh", "-c", ": >'" + shells + "'").start().waitFor();
		try (Spawned spawned = start(":", NO_INPUT, new ChildOutput.ToFile(out, false), NO_OUTPUT)) {
			spawned.exit();
			assertThat(Files.getPosixFilePermissions(out)).isEqualTo(Files.getPosixFilePermissions(shells));
		}
	}

	@Test
	void theChildsDescriptorsBlock() {
		Path out = this.fixture.directory().resolve("out");
		try (Spawned spawned = start("cat /proc/$$/fdinfo/0 /proc/$$/fdinfo/1 /proc/$$/fdinfo/2",
				new ChildInput.Stream(), new ChildOutput.ToFile(out, false), STREAM)) {
			spawned.exit();
			assertThat(out).content().contains("flags:").doesNotContainPattern("flags:\\s+0?[0-7]*[4-7][0-7]{3}\\n");
		}
	}

	@Test
	void inheritedOutputIsThisJvms() throws IOException {
		CollectedBytes links = new CollectedBytes();
		try (Spawned spawned = start("readlink /proc/$$/fd/0 /proc/$$/fd/2", new ChildInput.Inherit(), capture(links),
				new ChildOutput.Inherit())) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(0));
			assertThat(links.text()).isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/fd/0")) + "\n"
					+ Files.readSymbolicLink(Path.of("/proc/self/fd/2")) + "\n");
		}
	}

	@Test
	void aReaderThatTakesTheRestInPiecesGetsAllOfIt() throws IOException {
		try (Spawned spawned = start("printf abcdef", NO_INPUT, STREAM, NO_OUTPUT)) {
			spawned.exit();
			spawned.finishStreams();
			InputStream out = spawned.child().stdout();
			assertThat(out.readNBytes(4)).isEqualTo("abcd".getBytes(StandardCharsets.US_ASCII));
			assertThat(out.read()).isEqualTo('e');
			assertThat(out.readAllBytes()).isEqualTo("f".getBytes(StandardCharsets.US_ASCII));
			assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> out.read(new byte[1], 1, 1));
		}
	}

	private Spawned start(String script, ChildInput in, ChildOutput out, ChildOutput err) {
		Command command = Command.of(this.fixture.sh(script).toArray(String[]::new));
		return Spawned.start(OS, new SpawnRequest(command, in, out, err));
	}

	private static ChildOutput capture(ByteSink sink) {
		return new ChildOutput.Capture(sink);
	}

	private static byte[] numbered(int length) {
		byte[] bytes = new byte[length];
		for (int i = 0; i < length; i++) {
			bytes[i] = (byte) (i * 31 + i / 251);
		}
		return bytes;
	}

	private static int available(InputStream in) {
		try {
			return in.available();
		}
		catch (IOException ex) {
			return -1;
		}
	}

	/** Takes and forgets. */
	private static final class Ignoring implements ByteSink {

		@Override
		public void accept(byte[] buffer, int offset, int length) {
		}

		@Override
		public void end() {
		}

	}

}
