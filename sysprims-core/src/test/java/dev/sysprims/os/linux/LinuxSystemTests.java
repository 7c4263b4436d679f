package dev.sysprims.os.linux;

import java.util.concurrent.CompletableFuture;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinuxSystemTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 71, 127, 143, 255 })
	void anExitCodeIsAnExitCode(int code) {
		try (Spawned spawned = Spawned.start(OS, Command.of("sh", "-c", "exit " + code))) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(code));
			assertThat(spawned.child().reap().status()).isEqualTo(ExitStatus.exited(code));
		}
	}

	@Test
	void deathBySignalIsNoExitCode() {
		try (Spawned spawned = Spawned.start(OS, Command.of("sh", "-c", "kill -TERM $$"))) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.TERM));
		}
	}

	@Test
	void aChildLeadsItsOwnGroupAndSession() {
		try (Spawned spawned = Spawned.start(OS, this.fixture.sh("announce child; read forever"))) {
			spawned.exit();
			LiveProcess child = this.fixture.await("child");
			assertThat(child.pid()).isEqualTo(spawned.pid());
			assertThat(child.pgid()).isEqualTo(child.pid());
			assertThat(child.sid()).isEqualTo(child.pid());
			assertThat(spawned.child().pgid()).isEqualTo(child.pid());
			assertThat(spawned.child().key()).isEqualTo(new ProcessKey(child.pid(), child.start()));
		}
	}

	@Test
	void aChildStaysAZombieUntilItIsReaped() {
		try (Spawned spawned = Spawned.start(OS, this.fixture.sh("announce child"))) {
			spawned.exit();
			LiveProcess child = this.fixture.await("child");
			assertThat(child.isZombie()).isTrue();
			assertThat(spawned.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
			Reaped reaped = spawned.child().reap();
			assertThat(reaped.status()).isEqualTo(ExitStatus.exited(0));
			assertThat(reaped.usage()).isNotNull();
			assertThat(child.state()).isEqualTo('-');
			assertThat(spawned.child().reap()).isSameAs(reaped);
			assertThat(spawned.child().signalGroup(Signal.KILL)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	void reapingALiveChildReapsItWhenItExits() {
		try (Spawned spawned = Spawned.start(OS, this.fixture.sh("announce child; exec sleep 60"))) {
			LiveProcess child = this.fixture.await("child");
			assertThat(spawned.child().reap()).isEqualTo(new Reaped(ExitStatus.UNKNOWN, null));
			assertThat(spawned.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.TERM));
			assertThat(child.state()).isEqualTo('-');
			assertThat(spawned.child().reap().status()).isEqualTo(ExitStatus.signalled(Signal.TERM));
		}
	}

	@Test
	void aPinnedStrangerIsSignalledAndItsExitSeen() throws Exception {
		Process stranger = new ProcessBuilder(this.fixture.sh("announce stranger; exec sleep 60")).start();
		LiveProcess announced = this.fixture.await("stranger");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = OS.pin(new ProcessKey(announced.pid(), announced.start()), exit::complete)) {
			assertThat(pin.warning()).isEmpty();
			assertThat(pin.signal(Signal.INT)).isEqualTo(SignalOutcome.SENT);
			assertThat(Spawned.get(exit)).isEqualTo(ExitStatus.signalled(Signal.INT));
			stranger.waitFor();
			assertThat(pin.signal(Signal.INT)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	void aPinOfAnotherProcessWithThatNumberRefusesAndReportsTheExitAtOnce() throws Exception {
		Process stranger = new ProcessBuilder(this.fixture.sh("announce stranger; exec sleep 60")).start();
		LiveProcess announced = this.fixture.await("stranger");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = OS.pin(new ProcessKey(announced.pid(), announced.start() - 1), exit::complete)) {
			assertThat(Spawned.get(exit)).isEqualTo(ExitStatus.UNKNOWN);
			assertThat(pin.signal(Signal.KILL)).isEqualTo(SignalOutcome.REUSED);
			assertThat(announced.isAlive()).isTrue();
		}
		finally {
			stranger.destroyForcibly().waitFor();
		}
	}

}
