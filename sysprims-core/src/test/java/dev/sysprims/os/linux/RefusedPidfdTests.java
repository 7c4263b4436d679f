package dev.sysprims.os.linux;

import java.util.concurrent.CompletableFuture;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.process.Capability;
import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusedPidfdTests {

	private static final PidfdSupport REFUSED = PidfdSupport.refusing(new ErrnoException("pidfd_open", Errno.ENOSYS));

	private final OperatingSystem os = new LinuxSystem(Requirements.check(),
			new LinuxProcesses(new SystemCalls(REFUSED)), REFUSED);

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void thePlatformSaysSo() {
		assertThat(this.os.platform().capabilities()).doesNotContain(Capability.PINNED_SIGNAL,
				Capability.FOREIGN_EXIT_EVENT, Capability.FOREIGN_EXIT_STATUS);
		assertThat(this.os.platform().warnings())
			.anySatisfy((warning) -> assertThat(warning).contains("polled").contains("ENOSYS"));
	}

	@Test
	void theExitOfAChildIsPolledForWithAWarning() {
		try (Spawned spawned = Spawned.start(this.os, Command.of("sh", "-c", "exit 5"))) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(5));
			assertThat(spawned.child().warnings()).singleElement()
				.asString()
				.contains("process " + spawned.pid())
				.contains("pidfd_open failed (ENOSYS: ");
		}
	}

	@Test
	void aChildIsSignalledByItsPinnedNumber() {
		try (Spawned spawned = Spawned.start(this.os, Command.of("sleep", "60"))) {
			assertThat(spawned.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.TERM));
			assertThat(spawned.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
			spawned.child().reap();
			assertThat(spawned.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	void aLiveChildThatWasReapedEarlyIsReapedAtItsExit() {
		try (Spawned spawned = Spawned.start(this.os, this.fixture.sh("announce child; exec sleep 60"))) {
			LiveProcess child = this.fixture.await("child");
			assertThat(spawned.child().reap().status()).isEqualTo(ExitStatus.UNKNOWN);
			spawned.child().signal(Signal.TERM);
			assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.TERM));
			assertThat(child.state()).isEqualTo('-');
		}
	}

	@Test
	void aStrangerIsSignalledAfterALookAndItsExitPolledFor() throws Exception {
		Process stranger = new ProcessBuilder(this.fixture.sh("announce stranger; exec sleep 60")).start();
		LiveProcess announced = this.fixture.await("stranger");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = this.os.pin(new ProcessKey(announced.pid(), announced.start()), exit::complete)) {
			assertThat(pin.warning()).get().asString().contains("ENOSYS");
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			stranger.waitFor();
			assertThat(Spawned.get(exit)).isIn(ExitStatus.UNKNOWN, ExitStatus.signalled(Signal.TERM));
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
		}
	}

	@Test
	void anotherProcessWithThatNumberIsNotSignalled() throws Exception {
		Process stranger = new ProcessBuilder(this.fixture.sh("announce stranger; exec sleep 60")).start();
		LiveProcess announced = this.fixture.await("stranger");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = this.os.pin(new ProcessKey(announced.pid(), announced.start() - 1), exit::complete)) {
			assertThat(pin.signal(Signal.KILL)).isEqualTo(SignalOutcome.REUSED);
			assertThat(Spawned.get(exit)).isEqualTo(ExitStatus.UNKNOWN);
			assertThat(announced.isAlive()).isTrue();
		}
		finally {
			stranger.destroyForcibly().waitFor();
		}
	}

	@Test
	void aClosedPinIsNotToldOfTheExit() throws Exception {
		Process stranger = new ProcessBuilder(this.fixture.sh("announce stranger; exec sleep 60")).start();
		LiveProcess announced = this.fixture.await("stranger");
		ProcessKey key = new ProcessKey(announced.pid(), announced.start());
		CompletableFuture<ExitStatus> closed = new CompletableFuture<>();
		CompletableFuture<ExitStatus> open = new CompletableFuture<>();
		this.os.pin(key, closed::complete).close();
		try (PinnedProcess pin = this.os.pin(key, open::complete)) {
			pin.signal(Signal.KILL);
			Spawned.get(open);
			stranger.waitFor();
		}
		assertThat(closed).isNotDone();
	}

}
