package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Slowness;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CgroupContainerTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private final ProcessFixture fixture = new ProcessFixture();

	@BeforeEach
	void needCgroups() {
		CgroupsHere.assumeAvailable(OS);
	}

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void aDaemonThatWipedItsEnvironmentStaysInside() {
		String daemon = "(env -i setsid sh -c '. \"$0\"; announce daemon; exec sleep 60' \"$FIXTURE\" &)";
		try (Spawned spawned = start(daemon + "; announce leader")) {
			LiveProcess daemonProcess = this.fixture.await("daemon");
			assertThat(daemonProcess.sid()).isNotEqualTo(spawned.pid());
			assertThat(CgroupsHere.containerOf(spawned).members())
				.anyMatch((member) -> member.key().pid() == daemonProcess.pid());
			spawned.exit();
			assertThat(CgroupsHere.containerOf(spawned).isPopulated()).isTrue();
			assertThat(CgroupsHere.containerOf(spawned).kill()).isEqualTo(SignalOutcome.SENT);
			ProcessFixture.awaitTrue(() -> !CgroupsHere.containerOf(spawned).isPopulated(), "it is not empty");
			assertThat(daemonProcess.isAlive()).isFalse();
		}
	}

	@Test
	void itIsEmptyOnceTheLeaderHasExitedThoughItIsNotReaped() {
		try (Spawned spawned = start("announce child")) {
			spawned.exit();
			assertThat(this.fixture.await("child").isZombie()).isTrue();
			assertThat(CgroupsHere.containerOf(spawned).isPopulated()).isFalse();
			assertThat(CgroupsHere.containerOf(spawned).members()).isEmpty();
		}
	}

	@Test
	void membersOfCgroupsThatAMemberMadeAreMembers() throws IOException {
		try (Spawned spawned = start("announce leader; sleep 60 & exec sleep 60")) {
			this.fixture.await("leader");
			CgroupContainer container = CgroupsHere.containerOf(spawned);
			ProcessFixture.awaitTrue(() -> container.members().size() == 2, "there are not two members");
			Path inner = Files.createDirectories(container.directory().resolve("inner/most"));
			Files.createDirectory(container.directory().resolve("empty"));
			Files.writeString(inner.resolve("cgroup.procs"), Long.toString(spawned.pid()));
			assertThat(container.members()).hasSize(2).anyMatch((member) -> member.key().pid() == spawned.pid());
			assertThat(container.isPopulated()).isTrue();
			container.kill();
			spawned.exit();
			ProcessFixture.awaitTrue(() -> !container.isPopulated(), "it is not empty");
			container.remove();
			assertThat(container.directory()).doesNotExist();
		}
	}

	@Test
	void aThreadedCgroupInsideHidesNobody() throws IOException {
		try (Spawned spawned = start("announce leader; exec sleep 60")) {
			this.fixture.await("leader");
			CgroupContainer container = CgroupsHere.containerOf(spawned);
			Path threads = Files.createDirectory(container.directory().resolve("threads"));
			Files.writeString(threads.resolve("cgroup.type"), "threaded");
			Files.writeString(threads.resolve("cgroup.threads"), Long.toString(spawned.pid()));
			assertThat(container.members()).hasSize(1).allMatch((member) -> member.key().pid() == spawned.pid());
			assertThat(container.kill()).isEqualTo(SignalOutcome.SENT);
			spawned.exit();
			ProcessFixture.awaitTrue(() -> !container.isPopulated(), "it is not empty");
		}
	}

	@Test
	void aWatchTellsWhenTheLastMemberIsGone() {
		try (Spawned spawned = start("announce leader; (trap '' TERM; announce last; exec sleep 60) & wait")) {
			LiveProcess last = this.fixture.await("last");
			CompletableFuture<Boolean> told = new CompletableFuture<>();
			CgroupContainer container = CgroupsHere.containerOf(spawned);
			Runnable watch = container.watch(() -> told.complete(container.isPopulated()));
			spawned.child().signal(Signal.KILL);
			spawned.exit();
			assertThat(container.isPopulated()).isTrue();
			assertThat(told).isNotDone();
			last.kill();
			assertThat(Spawned.get(told)).isFalse();
			watch.run();
			watch.run();
		}
	}

	@Test
	void aWatchOfAnEmptyOneTellsSo() {
		List<String> before;
		try (Spawned spawned = start("exit 0")) {
			spawned.exit();
			before = OpenDescriptors.ofWork();
			CompletableFuture<Void> told = new CompletableFuture<>();
			Runnable watch = CgroupsHere.containerOf(spawned).watch(() -> told.complete(null));
			Spawned.get(told);
			watch.run();
			assertThat(OpenDescriptors.ofWork()).isEqualTo(before);
		}
	}

	@Test
	void aWatchThatWasEndedTellsNothing() {
		AtomicInteger told = new AtomicInteger();
		CompletableFuture<Void> other = new CompletableFuture<>();
		try (Spawned spawned = start("exec sleep 60")) {
			CgroupContainer container = CgroupsHere.containerOf(spawned);
			container.watch(told::incrementAndGet).run();
			Runnable second = container.watch(() -> other.complete(null));
			container.kill();
			Spawned.get(other);
			second.run();
			assertThat(told).hasValue(0);
		}
	}

	@Test
	void removalIsTriedAgainUntilTheLastMemberIsGone() {
		try (Spawned spawned = start("announce leader; exec sleep 60")) {
			this.fixture.await("leader");
			CgroupContainer container = CgroupsHere.containerOf(spawned);
			container.remove();
			container.remove();
			assertThat(container.directory()).exists();
			assertThat(container.isPopulated()).isTrue();
			spawned.child().signal(Signal.KILL);
			ProcessFixture.awaitTrue(() -> !Files.exists(container.directory()), "it was not removed");
			assertThat(container.isPopulated()).isFalse();
			assertThat(container.members()).isEmpty();
			assertThat(container.kill()).isEqualTo(SignalOutcome.GONE);
			CompletableFuture<Void> told = new CompletableFuture<>();
			container.watch(() -> told.complete(null));
			Spawned.get(told);
		}
	}

	@Test
	void oneKillEndsABoundedForkStorm() {
		// 6 generations of 3: at most 1093 processes, if nobody stopped them; 364 of 5.
		int generations = (Slowness.factor() > 1) ? 5 : 6;
		String breed = "sh -c 'b() { [ $1 -gt 0 ] && for i in 1 2 3; do b $(($1-1)) & done; exec setsid sleep 600; }; b "
				+ generations + "'";
		try (Spawned spawned = Spawned.start(OS, Command.of("sh", "-c", breed))) {
			CgroupContainer container = CgroupsHere.containerOf(spawned);
			ProcessFixture.awaitTrue(() -> container.members().size() > 100, "the storm has not begun");
			assertThat(container.kill()).isEqualTo(SignalOutcome.SENT);
			ProcessFixture.awaitTrue(() -> !container.isPopulated(), "somebody has survived");
			assertThat(container.members()).isEmpty();
		}
	}

	private Spawned start(String script) {
		return Spawned.start(OS, this.fixture.sh(script));
	}

}
