package dev.sysprims.os.posix;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StolenStatusTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	@Test
	void theGroupOfAChildThatOtherCodeHasReapedIsNotSignalled() {
		try (ProcessFixture fixture = new ProcessFixture();
				Spawned spawned = Spawned.start(OS, fixture.sh("(announce member; exec sleep 60) & exit 3"))) {
			assertThat(spawned.exit()).isEqualTo(ExitStatus.exited(3));
			LiveProcess member = fixture.await("member");
			assertThat(ChildWait.reap(spawned.pid(), 0).status()).isEqualTo(ExitStatus.exited(3));
			assertThat(spawned.child().signalGroup(Signal.KILL)).isEqualTo(SignalOutcome.GONE);
			assertThat(spawned.child().signal(Signal.KILL)).isEqualTo(SignalOutcome.GONE);
			assertThat(spawned.child().reap()).isEqualTo(new Reaped(ExitStatus.exited(3), null));
			assertThat(member.isAlive()).isTrue();
		}
	}

}
