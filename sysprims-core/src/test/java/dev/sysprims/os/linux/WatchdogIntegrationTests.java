package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** JVMs that die without having ended their trees. */
@Timeout(120)
class WatchdogIntegrationTests {

	@ParameterizedTest
	@ValueSource(strings = { "/bin/dash", "/bin/bash", "/bin/busybox", "/bin/mksh" })
	void everyShellEndsThem(String shell) throws Exception {
		assumeThat(Path.of(shell)).as("%s is installed; without it this shell is NOT TESTED", shell).exists();
		try (GuardingJvm jvm = new GuardingJvm(shell)) {
			MixedTrees.start(jvm, 5);
			LiveProcess spared = startImposter(jvm);
			jvm.start("guard", "announce badly; printf 'a) S 1\\nb' >/proc/$$/comm; sleep 600 & wait");
			jvm.await("badly");
			Path exe = Path.of("/proc", Long.toString(jvm.watchdog().pid()), "exe");
			assertThat(Files.readSymbolicLink(exe)).isEqualTo(Path.of(shell).toRealPath());
			jvm.kill();
			jvm.awaitOnly(spared);
		}
	}

	private static LiveProcess startImposter(GuardingJvm jvm) {
		jvm.start("imposter", "announce imposter; exec sleep 600");
		return jvm.await("imposter");
	}

	@Test
	void haltEndsThem() {
		try (GuardingJvm jvm = new GuardingJvm()) {
			MixedTrees.start(jvm, 5);
			jvm.watchdog();
			jvm.tellLast("halt");
			jvm.awaitOnly();
		}
	}

	@Test
	void whatIsToSurviveLives() {
		try (GuardingJvm jvm = new GuardingJvm()) {
			jvm.start("survive", "setsid sh -c '. \"$0\"; announce child; exec sleep 600' \"$FIXTURE\" & "
					+ "announce survivor; exec sleep 600");
			LiveProcess survivor = jvm.await("survivor");
			LiveProcess child = jvm.await("child");
			MixedTrees.start(jvm, 1);
			LiveProcess watchdog = jvm.watchdog();
			jvm.kill();
			ProcessFixture.awaitTrue(() -> !watchdog.isAlive(), "the watchdog stayed");
			jvm.awaitOnly(survivor, child);
		}
	}

	@Test
	void whatWasNotRegisteredYetIsFoundByItsMarker() {
		try (GuardingJvm jvm = new GuardingJvm()) {
			MixedTrees.start(jvm, 1);
			jvm.watchdog();
			jvm.start("unregistered", "announce unregistered; exec sleep 600");
			jvm.await("unregistered");
			jvm.kill();
			jvm.awaitOnly();
		}
	}

	@Test
	void aLeaderThatIsGoneDoesNotSaveItsSession() {
		assumeThat(Path.of("/usr/bin/perl")).as("perl is installed; without it this is NOT TESTED").exists();
		try (GuardingJvm jvm = new GuardingJvm()) {
			// In a group of its own, and without its marker.
			jvm.start("guard",
					"announce leader; export FIXTURE; env -u SYSPRIMS_JOB perl -e 'setpgrp; exec @ARGV' "
							+ "sh -c '. \"$0\"; announce left; exec sleep 600' \"$FIXTURE\" & "
							+ "while ! [ -e \"${FIXTURE%/*}/left.announced\" ]; do :; done");
			LiveProcess left = jvm.await("left");
			LiveProcess leader = jvm.await("leader");
			assertThat(left.pgid()).isNotEqualTo(leader.pid());
			assertThat(left.sid()).isEqualTo(leader.pid());
			ProcessFixture.awaitTrue(() -> !leader.isAlive(), "the leader did not end");

			jvm.watchdog();
			jvm.kill();
			jvm.awaitOnly();
		}
	}

	@Test
	void anEscapeeWithoutAMarkerIsEndedWithItsSession() {
		try (GuardingJvm jvm = new GuardingJvm()) {
			jvm.start("guard", "announce leader; (env -u SYSPRIMS_JOB setsid sh -c '. \"$0\"; announce escapee; "
					+ "sh -c \". $0; announce offspring; exec sleep 600\" & exec sleep 600' \"$FIXTURE\" &); exec sleep 600");
			LiveProcess escapee = jvm.await("escapee");
			jvm.await("offspring");
			jvm.tell("member " + escapee.pid());
			jvm.watchdog();
			jvm.kill();
			jvm.awaitOnly();
		}
	}

	@Test
	void aChildWithoutAMarkerInItsOwnSessionIsFoundByDescent() {
		try (GuardingJvm jvm = new GuardingJvm()) {
			jvm.start("guard", "announce leader; env -u SYSPRIMS_JOB setsid sh -c '. \"$0\"; announce child; "
					+ "exec sleep 600' \"$FIXTURE\" & exec sleep 600");
			jvm.await("child");
			jvm.watchdog();
			jvm.kill();
			jvm.awaitOnly();
		}
	}

	@Test
	void theCgroupIsKilledWhateverIsInIt() throws Exception {
		Path hierarchy = List.of(Path.of("/sys/fs/cgroup/unified"), Path.of("/sys/fs/cgroup"))
			.stream()
			.filter((path) -> Files.isWritable(path.resolve("cgroup.procs")))
			.findFirst()
			.orElse(null);
		assumeThat(hierarchy).as("root and a writable cgroup v2 hierarchy; without them this is NOT TESTED")
			.isNotNull();
		Path cgroup = Files.createTempDirectory(hierarchy,
				"sysprims test of a name that takes up more than one slot of the table ");
		try (GuardingJvm jvm = new GuardingJvm()) {
			jvm.start("in " + cgroup.toString().replace(" ", "%20"), "echo $$ >'" + cgroup + "/cgroup.procs'; "
					+ "announce leader; (env -u SYSPRIMS_JOB setsid sh -c '. \"$0\"; announce daemon; exec sleep 600' "
					+ "\"$FIXTURE\" &); exec sleep 600");
			jvm.await("leader");
			jvm.await("daemon");
			MixedTrees.start(jvm, 1);
			jvm.watchdog();
			jvm.kill();
			jvm.awaitOnly();
		}
		finally {
			ProcessFixture.awaitTrue(() -> cgroup.toFile().delete(), "the cgroup was not empty");
		}
	}

	@Test
	void aWatchdogThatWasKilledIsReplacedAndTheNewOneGuards() {
		try (GuardingJvm jvm = new GuardingJvm()) {
			MixedTrees.start(jvm, 5);
			LiveProcess first = jvm.watchdog();
			first.kill();
			ProcessFixture.awaitTrue(() -> first.state() == '-', "the dead watchdog was not reaped");
			LiveProcess second = jvm.watchdog();
			assertThat(second.pid()).isNotEqualTo(first.pid());
			second.kill();
			ProcessFixture.awaitTrue(() -> second.state() == '-', "the dead watchdog was not reaped");
			jvm.watchdog();
			assertThat(jvm.tell("warning")).isEqualTo("none");
			jvm.kill();
			jvm.awaitOnly();
		}
	}

	@Test
	void aStoppedWatchdogDoesNotBlockRegistrations() throws Exception {
		try (GuardingJvm jvm = new GuardingJvm()) {
			MixedTrees.start(jvm, 5);
			LiveProcess watchdog = jvm.watchdog();
			signal("-STOP", watchdog);
			System.out.println("10 000 registrations with a stopped watchdog: " + jvm.tell("nobodies 10000") + " ms");
			assertThat(watchdog.state()).isEqualTo('T');
			signal("-CONT", watchdog);
			long before = System.nanoTime();
			jvm.kill();
			jvm.awaitOnly();
			System.out
				.println("Trees in a table of 10 000 gone after " + (System.nanoTime() - before) / 1_000_000 + " ms");
		}
	}

	@Test
	void theWatchdogHoldsNothingOfTheApplication() throws Exception {
		try (GuardingJvm jvm = new GuardingJvm()) {
			MixedTrees.start(jvm, 1);
			LiveProcess watchdog = jvm.watchdog();
			Path process = Path.of("/proc", Long.toString(watchdog.pid()));
			ProcessFixture.awaitTrue(
					() -> links(process.resolve("fd")).stream().noneMatch((link) -> link.endsWith("/1")),
					"it did not begin");
			assertThat(links(process.resolve("fd")))
				.allMatch((link) -> link.matches("pipe:.*|/dev/null|/memfd:sysprims-watchdog.*"));
			assertThat(Files.readSymbolicLink(process.resolve("cwd"))).hasToString("/");
			assertThat(GuardingJvm.read(watchdog.pid(), "environ")).isEmpty();
			assertThat(watchdog.sid()).isEqualTo(watchdog.pid());
		}
	}

	@Test
	void signalsOfATerminalDoNotEndIt() throws Exception {
		try (GuardingJvm jvm = new GuardingJvm()) {
			MixedTrees.start(jvm, 5);
			LiveProcess watchdog = jvm.watchdog();
			ProcessFixture.awaitTrue(
					() -> GuardingJvm.read(watchdog.pid(), "status").contains("SigIgn:\t0000000000004007"),
					"it did not ignore them");
			for (String signal : List.of("-INT", "-HUP", "-QUIT", "-TERM")) {
				signal(signal, watchdog);
			}
			jvm.kill();
			jvm.awaitOnly();
		}
	}

	@Test
	void afterAnOrderlyEndNoWatchdogIsLeft() {
		try (GuardingJvm exiting = new GuardingJvm(); GuardingJvm terminated = new GuardingJvm()) {
			for (GuardingJvm jvm : List.of(exiting, terminated)) {
				jvm.start("guard", "announce over; exec sleep 600");
				jvm.await("over").kill();
				jvm.watchdog();
				jvm.tell("let-go");
			}
			LiveProcess first = exiting.watchdog();
			LiveProcess second = terminated.watchdog();
			exiting.tellLast("exit");
			terminated.terminate();
			ProcessFixture.awaitTrue(() -> !first.isAlive() && !second.isAlive(), "a watchdog was left");
		}
	}

	@Test
	void whileNothingIsGuardedThereIsNone() {
		try (GuardingJvm jvm = new GuardingJvm()) {
			assertThat(jvm.findWatchdog()).isEmpty();
			jvm.start("guard", "announce over; exec sleep 600");
			LiveProcess watchdog = jvm.watchdog();
			LiveProcess letGo = jvm.await("over");
			jvm.tell("let-go");
			ProcessFixture.awaitTrue(() -> watchdog.state() == '-', "the watchdog stayed");
			MixedTrees.start(jvm, 1);
			jvm.watchdog();
			assertThat(letGo.isAlive()).isTrue();
			jvm.kill();
			ProcessFixture.awaitTrue(() -> !jvm.await("child0").isAlive(), "it was not guarded");
		}
	}

	@Test
	void whenOtherCodeClosesThePipeNothingIsKilled() {
		try (GuardingJvm jvm = new GuardingJvm()) {
			MixedTrees.start(jvm, 5);
			LiveProcess watchdog = jvm.watchdog();
			jvm.tell("close-pipe " + watchdog.pid());
			ProcessFixture.awaitTrue(() -> watchdog.state() == '-', "the watchdog did not notice");
			jvm.watchdog();
			assertThat(jvm.survivors()).hasSize(10);
			jvm.kill();
			jvm.awaitOnly();
		}
	}

	@Test
	void whereThereIsNoShellTheWarningSaysWhatToDo() {
		try (GuardingJvm jvm = new GuardingJvm("/no/such/shell")) {
			jvm.start("guard", "announce unguarded; exec sleep 600");
			assertThat(jvm.tell("warning")).contains("there is no shell").contains("busybox").contains("PID 1");
		}
	}

	private static List<String> links(Path directory) {
		List<String> links = new ArrayList<>();
		for (String name : directory.toFile().list()) {
			try {
				links.add(Files.readSymbolicLink(directory.resolve(name)).toString());
			}
			catch (IOException ex) {
				links.add(name);
			}
		}
		return links;
	}

	private static void signal(String signal, LiveProcess process) throws Exception {
		assertThat(new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor()).isZero();
	}

}
