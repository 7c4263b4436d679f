package dev.sysprims.os.linux;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Reaped;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Capability;
import dev.sysprims.process.Command;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ResourceUsage;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TreeKillReliability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			assertThat(Spawned.get(exit)).satisfies(endedBy(Signal.TERM));
			stranger.waitFor();
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
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

	@Test
	void howAStrangersChildEndedIsKnownOnceItsParentHasReapedIt() throws Exception {
		assumeThat(OS.platform().has(Capability.FOREIGN_EXIT_STATUS)).isTrue();
		Process parent = new ProcessBuilder(this.fixture.sh("""
				(announce coded; read go <"$FIXTURE.go"; exit 71) &
				(announce killed; exec sleep 60) &
				wait; wait
				""".replace("$FIXTURE.go", fifo("go").toString()))).start();
		CompletableFuture<ExitStatus> coded = new CompletableFuture<>();
		CompletableFuture<ExitStatus> killed = new CompletableFuture<>();
		try (PinnedProcess first = pin("coded", coded); PinnedProcess second = pin("killed", killed)) {
			assertThat(first.warning()).isEmpty();
			assertThat(second.signal(Signal.KILL)).isEqualTo(SignalOutcome.SENT);
			Files.writeString(this.fixture.directory().resolve("go"), "go\n");
			assertThat(Spawned.get(coded)).isEqualTo(ExitStatus.exited(71));
			assertThat(Spawned.get(killed)).isEqualTo(ExitStatus.signalled(Signal.KILL));
		}
		finally {
			parent.destroyForcibly().waitFor();
		}
	}

	@Test
	void aStrangersZombieHasExitedThoughNobodyReapsIt() throws Exception {
		// exec keeps the child and loses the shell that would wait for it.
		Process parent = new ProcessBuilder(
				this.fixture.sh("(announce child; exec sleep 60) & announce parent; exec sleep 60"))
			.start();
		this.fixture.await("parent");
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = pin("child", exit)) {
			assertThat(pin.signal(Signal.KILL)).isEqualTo(SignalOutcome.SENT);
			assertThat(Spawned.get(exit)).isEqualTo(ExitStatus.UNKNOWN);
			assertThat(this.fixture.await("child").isZombie()).isTrue();
		}
		CompletableFuture<ExitStatus> again = new CompletableFuture<>();
		try (PinnedProcess pin = pin("child", again)) {
			assertThat(Spawned.get(again)).isEqualTo(ExitStatus.UNKNOWN);
			assertThat(pin.warning()).isEmpty();
		}
		finally {
			parent.destroyForcibly().waitFor();
		}
	}

	@Test
	void howAnotherPinOfOurOwnChildEndsIsKnownBeforeItIsReaped() {
		try (Spawned spawned = Spawned.start(OS, Command.of("sh", "-c", "read forever; exit 4"))) {
			CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
			try (PinnedProcess pin = OS.pin(spawned.child().key(), exit::complete)) {
				assertThat(Spawned.get(exit)).isEqualTo(ExitStatus.exited(4));
				assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
			}
		}
	}

	@Test
	void aPinOfAProcessThatIsGoneReportsTheExitAtOnce() {
		ProcessKey key;
		try (Spawned spawned = Spawned.start(OS, Command.of("true"))) {
			key = spawned.child().key();
		}
		CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
		try (PinnedProcess pin = OS.pin(key, exit::complete)) {
			assertThat(Spawned.get(exit)).isEqualTo(ExitStatus.UNKNOWN);
			assertThat(pin.signal(Signal.TERM)).isEqualTo(SignalOutcome.GONE);
			assertThat(pin.warning()).isEmpty();
		}
	}

	@Test
	void aClosedPinIsNotToldOfTheExit() throws Exception {
		Process stranger = new ProcessBuilder(this.fixture.sh("announce stranger; exec sleep 60")).start();
		CompletableFuture<ExitStatus> closed = new CompletableFuture<>();
		CompletableFuture<ExitStatus> open = new CompletableFuture<>();
		pin("stranger", closed).close();
		try (PinnedProcess pin = pin("stranger", open)) {
			assertThat(pin.signal(Signal.KILL)).isEqualTo(SignalOutcome.SENT);
			assertThat(Spawned.get(open)).satisfies(endedBy(Signal.KILL));
			stranger.waitFor();
		}
		assertThat(closed).isNotDone();
	}

	@Test
	void aStoppedProcessHasNotExited() throws Exception {
		try (Spawned spawned = Spawned.start(OS, this.fixture.sh("announce child; exec sleep 60"))) {
			LiveProcess child = this.fixture.await("child");
			assertThat(spawned.child().signal(Signal.STOP)).isEqualTo(SignalOutcome.SENT);
			ProcessFixture.awaitTrue(() -> child.state() == 'T', "it did not stop");
			assertThat(spawned.hasExited()).isFalse();
			assertThat(spawned.child().signalGroup(Signal.KILL)).isEqualTo(SignalOutcome.SENT);
			assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.KILL));
		}
	}

	@Test
	void aSignalToTheGroupReachesAllOfIt() {
		try (Spawned spawned = Spawned.start(OS,
				this.fixture.sh("(announce member; exec sleep 60) & announce leader; wait"))) {
			LiveProcess member = this.fixture.await("member");
			this.fixture.await("leader");
			assertThat(spawned.child().signal(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.TERM));
			assertThat(member.isAlive()).isTrue();
			// The unreaped leader still pins the number of the group.
			assertThat(spawned.child().signalGroup(Signal.TERM)).isEqualTo(SignalOutcome.SENT);
			ProcessFixture.awaitTrue(() -> !member.isAlive(), "the member lives");
		}
	}

	@Test
	void theGroupOfAReapedChildIsNotSignalledThoughItHasMembers() {
		try (Spawned spawned = Spawned.start(OS, this.fixture.sh("(announce member; exec sleep 60) & exit 0"))) {
			LiveProcess member = this.fixture.await("member");
			spawned.exit();
			spawned.child().reap();
			assertThat(spawned.child().signalGroup(Signal.KILL)).isEqualTo(SignalOutcome.GONE);
			assertThat(member.isAlive()).isTrue();
		}
	}

	@Test
	void whatAChildUsedIsKnown() {
		String busy = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
		try (Spawned spawned = Spawned.start(OS, Command.of("sh", "-c", busy))) {
			spawned.exit();
			ResourceUsage usage = spawned.child().reap().usage();
			assertThat(usage.cpuTime()).isPositive();
			// It has far less memory than this JVM, whose peak a vforked child starts
			// with.
			assertThat(usage.peakMemoryKb()).isNull();
		}
	}

	@Test
	void thePlatformSaysWhatWasFound() {
		PlatformInfo platform = OS.platform();
		assertThat(platform.os()).isEqualTo("linux");
		assertThat(platform.arch()).isIn("x86_64", "aarch64");
		assertThat(platform.backend()).isEqualTo("native");
		boolean contained = platform.containment().equals("cgroup");
		assertThat(platform.containment()).isIn("cgroup", "session");
		assertThat(platform.treeKillReliability())
			.isEqualTo(contained ? TreeKillReliability.GUARANTEED : TreeKillReliability.BEST_EFFORT);
		assertThat(platform.capabilities()).contains(Capability.OWN_SESSION, Capability.CLEAN_SPAWN,
				Capability.ANY_SIGNAL, Capability.EXIT_SIGNAL, Capability.NO_THREAD_PER_CHILD, Capability.USAGE,
				Capability.GROUPS_VISIBLE, Capability.PINNED_SIGNAL, Capability.FOREIGN_EXIT_EVENT);
		assertThat(platform.warnings().stream().anyMatch((warning) -> warning.contains("setsid(2)")))
			.isNotEqualTo(contained);
		assertThat(platform.warnings().stream().anyMatch((warning) -> warning.contains("Delegate=yes")))
			.isNotEqualTo(contained);
	}

	private PinnedProcess pin(String announced, CompletableFuture<ExitStatus> exit) {
		LiveProcess process = this.fixture.await(announced);
		return OS.pin(new ProcessKey(process.pid(), process.start()), (status) -> {
			if (!exit.complete(status)) {
				throw new AssertionError("The exit was told twice.");
			}
		});
	}

	/**
	 * How a child of the JDK ended, which kernels before 6.15 tell only until the JDK has
	 * reaped it.
	 */
	private static Consumer<ExitStatus> endedBy(Signal signal) {
		return (status) -> {
			if (OS.platform().has(Capability.FOREIGN_EXIT_STATUS) || !status.equals(ExitStatus.UNKNOWN)) {
				assertThat(status).isEqualTo(ExitStatus.signalled(signal));
			}
		};
	}

	private Path fifo(String name) throws Exception {
		Path fifo = this.fixture.directory().resolve(name);
		assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
		return fifo;
	}

}
