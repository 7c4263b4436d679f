package dev.sysprims.os;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Pinning and watching processes that somebody else started. */
interface PinContract extends BackendUnderTest {

	@Test
	default void theExitOfAStrangerIsSeenAndHowItEndedWhereThatCanBeKnown() throws IOException {
		Process stranger = stranger("announce stranger; read line; exit 9");
		LiveProcess announced = fixture().await("stranger");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = os().pin(keyOf(announced), exit::complete)) {
			Optional<String> warning = pin.warning();
			assertThat(warning.isEmpty()).isEqualTo(os().platform().has(Capability.FOREIGN_EXIT_EVENT));
			assertThat(warning.orElse("polled.")).contains("polled").endsWith(".");
			assertThat(exit).isNotDone();
			stranger.getOutputStream().close();
			ExitStatus status = StartedChild.get(exit);
			if (os().platform().has(Capability.FOREIGN_EXIT_STATUS)) {
				assertThat(status).isEqualTo(ExitStatus.exited(9));
			}
			else {
				// It is a child of this JVM, so its zombie may be asked until the JDK has
				// reaped it, on any kernel.
				assertThat(status).isIn(ExitStatus.UNKNOWN, ExitStatus.exited(9));
			}
		}
	}

	@Test
	default void aStrangerIsSignalledByItsPin() throws IOException, InterruptedException {
		Process stranger = stranger("announce stranger; exec sleep 60");
		LiveProcess announced = fixture().await("stranger");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = os().pin(keyOf(announced), exit::complete)) {
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			StartedChild.get(exit);
			stranger.waitFor();
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
			assertThat(pin.signal(Signal.KILL)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	default void aProcessThatIsGoneIsToldAtOnceAndRefusesSignals() throws IOException, InterruptedException {
		Process stranger = stranger("announce stranger; read line");
		ProcessKey key = keyOf(fixture().await("stranger"));
		stranger.getOutputStream().close();
		stranger.waitFor();
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = os().pin(key, exit::complete)) {
			assertThat(StartedChild.get(exit)).isEqualTo(ExitStatus.UNKNOWN);
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	default void anotherProcessWithTheNumberIsSpared() throws IOException {
		stranger("announce stranger; exec sleep 60");
		LiveProcess announced = fixture().await("stranger");
		ProcessKey now = keyOf(announced);
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = os().pin(new ProcessKey(now.pid(), now.start() - 10), exit::complete)) {
			assertThat(StartedChild.get(exit)).isEqualTo(ExitStatus.UNKNOWN);
			assertThat(pin.signal(Signal.KILL)).isEqualTo(SignalOutcome.REUSED);
			assertThat(announced.isAlive()).isTrue();
		}
	}

	@Test
	default void aZombieHasExitedAlready() {
		LiveProcess zombie = fixture().zombie();
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = os().pin(keyOf(zombie), exit::complete)) {
			StartedChild.get(exit);
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	default void aProcessThatBecomesAZombieHasExited() throws IOException {
		stranger("sh -c '. \"$0\"; announce child; exec sleep 60' \"$FIXTURE\" & announce parent; exec sleep 60");
		fixture().await("parent");
		LiveProcess child = fixture().await("child");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = os().pin(keyOf(child), exit::complete)) {
			assertThat(exit).isNotDone();
			child.kill();
			StartedChild.get(exit);
			assertThat(child.isZombie()).isTrue();
			assertThat(pin.signal(Signal.KILL)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	default void aStoppedProcessHasNotExited() throws IOException, InterruptedException {
		Process stranger = stranger("announce stranger; kill -STOP $$");
		LiveProcess announced = fixture().await("stranger");
		ProcessFixture.awaitTrue(() -> announced.state() == 'T', "not stopped");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		CompletableFuture<ExitStatus> closed = new CompletableFuture<>();
		try (PinnedProcess pin = os().pin(keyOf(announced), exit::complete)) {
			os().pin(keyOf(announced), closed::complete).close();
			assertThat(exit).isNotDone();
			assertThat(pin.signal(Signal.KILL)).isEqualTo(SignalOutcome.SENT);
			StartedChild.get(exit);
			stranger.waitFor();
			assertThat(closed).as("a pin that was closed before").isNotDone();
		}
	}

	private Process stranger(String script) throws IOException {
		return new ProcessBuilder(fixture().sh(script)).start();
	}

	private ProcessKey keyOf(LiveProcess process) {
		return os().entry(process.pid()).key();
	}

}
