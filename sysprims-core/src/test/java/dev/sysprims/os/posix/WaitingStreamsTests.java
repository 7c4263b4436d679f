package dev.sysprims.os.posix;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** Readers and writers that wait, and what wakes them. */
class WaitingStreamsTests {

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
	void finishingWakesAReaderWithTheEndOfFile() {
		try (Spawned spawned = start("(announce orphan; exec sleep 60) & exit 0", NO_INPUT, STREAM, NO_OUTPUT)) {
			spawned.exit();
			this.fixture.await("orphan");
			Reader reader = new Reader(spawned.child().stdout());
			reader.awaitWaiting();
			spawned.finishStreams();
			assertThat(Spawned.get(reader.result)).isEqualTo(-1);
		}
	}

	@Test
	void closingWakesAReader() throws IOException {
		try (Spawned spawned = start("exec sleep 60", NO_INPUT, STREAM, NO_OUTPUT)) {
			Reader reader = new Reader(spawned.child().stdout());
			reader.awaitWaiting();
			spawned.child().stdout().close();
			assertThat(Spawned.get(reader.failure)).isInstanceOf(IOException.class).hasMessage("Stream closed");
			assertThatIOException().isThrownBy(() -> spawned.child().stdout().read()).withMessage("Stream closed");
			assertThatIOException().isThrownBy(() -> spawned.child().stdout().available());
		}
	}

	@Test
	void anInterruptedReaderGetsAnExceptionAndKeepsItsFlag() {
		try (Spawned spawned = start("exec sleep 60", NO_INPUT, STREAM, NO_OUTPUT)) {
			Reader reader = new Reader(spawned.child().stdout());
			reader.awaitWaiting();
			reader.thread.interrupt();
			assertThat(Spawned.get(reader.failure)).isInstanceOf(InterruptedIOException.class);
			assertThat(Spawned.get(reader.flag)).isTrue();
		}
	}

	@Test
	void aWriterToAChildThatReadsNoMoreGetsABrokenPipe() {
		try (Spawned spawned = start("exec <&-; announce closed; exec sleep 60", new ChildInput.Stream(), NO_OUTPUT,
				NO_OUTPUT)) {
			this.fixture.await("closed");
			assertThatIOException().isThrownBy(() -> spawned.child().stdin().write(1))
				.withMessageStartingWith("Broken pipe");
		}
	}

	@Test
	void closingWakesAWriter() throws Exception {
		try (Spawned spawned = start("exec sleep 60", new ChildInput.Stream(), NO_OUTPUT, NO_OUTPUT)) {
			AtomicReference<IOException> failure = new AtomicReference<>();
			Thread writer = new Thread(() -> {
				try {
					spawned.child().stdin().write(new byte[1_000_000]);
				}
				catch (IOException ex) {
					failure.set(ex);
				}
			});
			writer.start();
			ProcessFixture.awaitTrue(() -> writer.getState() == Thread.State.WAITING, "the writer does not wait");
			spawned.child().stdin().close();
			writer.join(10_000);
			assertThat(failure.get()).hasMessage("Stream closed");
		}
	}

	@Test
	void anInterruptedWriterSaysHowMuchItWrote() throws Exception {
		try (Spawned spawned = start("exec sleep 60", new ChildInput.Stream(), NO_OUTPUT, NO_OUTPUT)) {
			AtomicReference<IOException> failure = new AtomicReference<>();
			Thread writer = new Thread(() -> {
				try {
					spawned.child().stdin().write(new byte[1_000_000]);
				}
				catch (IOException ex) {
					failure.set(ex);
				}
			});
			writer.start();
			ProcessFixture.awaitTrue(() -> writer.getState() == Thread.State.WAITING, "the writer does not wait");
			writer.interrupt();
			writer.join(10_000);
			assertThat(failure.get()).isInstanceOfSatisfying(InterruptedIOException.class,
					(ex) -> assertThat(ex.bytesTransferred).isEqualTo(65536));
		}
	}

	private Spawned start(String script, ChildInput in, ChildOutput out, ChildOutput err) {
		Command command = Command.of(this.fixture.sh(script).toArray(String[]::new));
		return Spawned.start(OS, new SpawnRequest(command, in, out, err));
	}

	/** A thread that reads one byte. */
	private static final class Reader {

		private final CompletableFuture<Integer> result = new CompletableFuture<>();

		private final CompletableFuture<IOException> failure = new CompletableFuture<>();

		private final CompletableFuture<Boolean> flag = new CompletableFuture<>();

		private final Thread thread;

		Reader(InputStream in) {
			this.thread = new Thread(() -> {
				try {
					this.result.complete(in.read());
				}
				catch (IOException ex) {
					this.failure.complete(ex);
					this.flag.complete(Thread.currentThread().isInterrupted());
				}
			});
			this.thread.start();
		}

		void awaitWaiting() {
			ProcessFixture.awaitTrue(() -> this.thread.getState() == Thread.State.WAITING, "the reader does not wait");
		}

	}

}
