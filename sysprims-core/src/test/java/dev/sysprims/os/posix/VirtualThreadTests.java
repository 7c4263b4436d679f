package dev.sysprims.os.posix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

class VirtualThreadTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	@BeforeEach
	void onlyWhereThereAreVirtualThreads() {
		assumeThat(Runtime.version().feature()).as("virtual threads").isGreaterThanOrEqualTo(21);
	}

	@Test
	void aChildOutlivesTheVirtualThreadThatStartedIt() {
		CompletableFuture<Spawned> started = new CompletableFuture<>();
		start(() -> started.complete(Spawned.start(OS, Command.of("sh", "-c", "exec sleep 60"))));
		try (Spawned spawned = Spawned.get(started)) {
			assertThat(spawned.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.TERM));
		}
	}

	@Test
	void waitingReadersAndWritersHoldNoCarrier() {
		List<Spawned> children = new ArrayList<>();
		List<CompletableFuture<Integer>> readers = new ArrayList<>();
		List<CompletableFuture<Boolean>> writers = new ArrayList<>();
		int carriers = Runtime.getRuntime().availableProcessors();
		try {
			for (int i = 0; i < 4 * carriers; i++) {
				Spawned child = Spawned.start(OS, new SpawnRequest(Command.of("sleep", "60"), new ChildInput.Stream(),
						new ChildOutput.Stream(), new ChildOutput.Discard()));
				children.add(child);
				readers.add(reading(child));
				writers.add(writing(child));
			}
			// Runs only on a carrier that nobody holds.
			CompletableFuture<Void> other = new CompletableFuture<>();
			start(() -> other.complete(null));
			Spawned.get(other);
			assertThat(readers).noneMatch(CompletableFuture::isDone);
			children.forEach((child) -> child.child().signal(Signal.KILL));
			readers.forEach((reader) -> assertThat(Spawned.get(reader)).isEqualTo(-1));
			writers.forEach((writer) -> assertThat(Spawned.get(writer)).isFalse());
		}
		finally {
			children.forEach(Spawned::close);
		}
	}

	private static CompletableFuture<Integer> reading(Spawned child) {
		CompletableFuture<Integer> result = new CompletableFuture<>();
		start(() -> {
			try {
				result.complete(child.child().stdout().read());
			}
			catch (IOException ex) {
				result.completeExceptionally(ex);
			}
		});
		return result;
	}

	private static CompletableFuture<Boolean> writing(Spawned child) {
		CompletableFuture<Boolean> result = new CompletableFuture<>();
		start(() -> {
			try {
				child.child().stdin().write(new byte[1_000_000]);
				result.complete(true);
			}
			catch (IOException ex) {
				result.complete(false);
			}
		});
		return result;
	}

	private static void start(Runnable task) {
		try {
			Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
		}
		catch (ReflectiveOperationException ex) {
			throw new AssertionError(ex);
		}
	}

}
