package dev.sysprims;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.NoSuchProcessException;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.ProcessState;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnInGroupConfig;
import dev.sysprims.process.SpawnInGroupResult;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.WaitPidResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The four primitives on the real system; the kernel is asked, not a grep. */
class SystemSysprimsIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TerminateTreeConfig QUICK = TerminateTreeConfig.builder()
		.graceTimeout(Duration.ofMillis(500))
		.build();

	private final Sysprims sysprims = Sysprims.system();

	private final ProcessFixture fixture = new ProcessFixture();

	@AfterEach
	void endWhatIsLeft() {
		this.fixture.close();
	}

	private SpawnInGroupResult spawn(String script) {
		return this.sysprims.spawnInGroup(SpawnInGroupConfig.command(this.fixture.sh(script)).build());
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 71, 127, 143, 255 })
	void waitPidTellsTheExitCode(int code) throws InterruptedException {
		SpawnInGroupResult child = spawn("exit " + code);
		WaitPidResult result = this.sysprims.waitPid(child.pid(), LONG);
		assertThat(result.exited()).isTrue();
		assertThat(result.timedOut()).isFalse();
		assertThat(result.exitCode()).isEqualTo(code);
		assertThat(result.signal()).isNull();
		assertThat(this.sysprims.waitPid(child.pid(), Duration.ZERO)).as("asked again").satisfies((again) -> {
			assertThat(again.exited()).isTrue();
			assertThat(again.exitCode()).isEqualTo(code);
		});
	}

	@Test
	void deathByASignalIsToldApartFromTheExitCode143() throws InterruptedException {
		SpawnInGroupResult child = spawn("kill -TERM $$");
		WaitPidResult result = this.sysprims.waitPid(child.pid(), LONG);
		assertThat(result.exitCode()).isNull();
		assertThat(result.signal()).isEqualTo(Signal.TERM);
	}

	@Test
	void aStrangersExitThatNobodyAskedForIsUnknownAndTheResultSaysWhy() throws InterruptedException {
		WaitPidResult result = this.sysprims.waitPid(this.fixture.zombie().pid(), Duration.ZERO);
		assertThat(result.exited()).isTrue();
		assertThat(result.exitCode()).isNull();
		assertThat(result.signal()).isNull();
		assertThat(result.warnings()).singleElement().asString().contains("did not start it", "6.15");
	}

	@Test
	void theChildLeadsASessionAndGroupOfItsOwn() {
		SpawnInGroupResult child = spawn("announce leader; exec sleep 60");
		LiveProcess leader = this.fixture.await("leader");
		assertThat(leader.pid()).isEqualTo(child.pid());
		assertThat(leader.pgid()).isEqualTo(child.pid());
		assertThat(leader.sid()).isEqualTo(child.pid());
		assertThat(child.pgid()).isEqualTo(child.pid());
		assertThat(this.sysprims.terminateTree(child.identity(), QUICK).exited()).isTrue();
		assertThat(leader.isAlive()).isFalse();
	}

	@Test
	void waitPidKeepsItsTimeoutAndLeavesTheProcessAlone() throws InterruptedException {
		SpawnInGroupResult child = spawn("announce leader; exec sleep 60");
		LiveProcess leader = this.fixture.await("leader");
		WaitPidResult probe = this.sysprims.waitPid(child.pid(), Duration.ZERO);
		assertThat(probe.exited()).isFalse();
		assertThat(probe.timedOut()).isTrue();
		long before = System.nanoTime();
		WaitPidResult result = this.sysprims.waitPid(child.pid(), Duration.ofMillis(200));
		assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
		assertThat(result.timedOut()).isTrue();
		assertThat(leader.isAlive()).isTrue();
		assertThat(this.sysprims.terminateTree(child.pid(), QUICK).exited()).isTrue();
	}

	@Test
	void aStoppedProcessHasNotExited() throws InterruptedException {
		SpawnInGroupResult child = spawn("announce leader; exec sleep 60");
		this.fixture.await("leader");
		this.sysprims.signal(child.identity(), Signal.STOP);
		ProcessFixture.awaitTrue(() -> this.sysprims.getProcess(child.pid()).state() == ProcessState.STOPPED, "stop");
		assertThat(this.sysprims.waitPid(child.pid(), Duration.ofMillis(50)).exited()).isFalse();
		TerminateTreeResult result = this.sysprims.terminateTree(child.pid(), QUICK);
		assertThat(result.escalated()).as("it was woken to see the first signal").isFalse();
	}

	@Test
	void theExitOfAStrangerIsSeenWhileOneWaits() throws Exception {
		Process stranger = new ProcessBuilder(this.fixture.sh("announce stranger; read line")).start();
		LiveProcess announced = this.fixture.await("stranger");
		CompletableFuture<WaitPidResult> waiting = new CompletableFuture<>();
		Thread waiter = new Thread(() -> {
			try {
				waiting.complete(this.sysprims.waitPid(announced.pid(), LONG));
			}
			catch (InterruptedException | RuntimeException ex) {
				waiting.completeExceptionally(ex);
			}
		});
		waiter.start();
		ProcessFixture.awaitTrue(() -> waiter.getState() == Thread.State.TIMED_WAITING, "the thread did not wait");
		stranger.getOutputStream().close();
		assertThat(waiting.get(10, TimeUnit.SECONDS).exited()).isTrue();
		assertThat(stranger.waitFor()).isNotNegative();
		waiter.join();
	}

	@Test
	void aForeignZombieHasExited() throws Exception {
		// It ends only after its parent has become a program that never waits for it.
		Process parent = new ProcessBuilder(this.fixture.sh("""
				sh -c '. "$0"; announce zombie
				until read -r name </proc/$PPID/comm && [ "$name" = tail ]; do :; done' "$FIXTURE" &
				exec tail -f /dev/null""")).start();
		LiveProcess zombie = this.fixture.await("zombie");
		ProcessFixture.awaitTrue(zombie::isZombie, "tail does not reap, so the child stays a zombie");
		assertThat(this.sysprims.waitPid(zombie.pid(), Duration.ZERO).exited()).isTrue();
		assertThat(this.sysprims.getProcess(zombie.pid()).state()).isEqualTo(ProcessState.ZOMBIE);
		assertThat(this.sysprims.check(this.sysprims.identify(zombie.pid()))).isEqualTo(IdentityCheck.SAME);
		parent.destroyForcibly().waitFor();
	}

	@Test
	void aLeaderThatEndsWhileAMemberIgnoresTheSignalIsEscalatedAndTheMemberNamed() {
		SpawnInGroupResult child = spawn("""
				sh -c '. "$0"; trap "" TERM; announce member; while :; do sleep 1; done' "$FIXTURE" &
				announce leader
				wait""");
		LiveProcess member = this.fixture.await("member");
		LiveProcess leader = this.fixture.await("leader");
		TerminateTreeResult result = this.sysprims.terminateTree(child.pid(), QUICK);
		assertThat(result.escalated()).isTrue();
		assertThat(result.exited()).isTrue();
		assertThat(result.members()).filteredOn((m) -> m.identity().pid() == member.pid())
			.extracting("outcome")
			.containsExactly(MemberOutcome.KILLED);
		assertThat(List.of(leader, member)).noneMatch(LiveProcess::isAlive);
	}

	@Test
	void theLeaderStaysAZombieWhileAMemberLives() throws InterruptedException {
		SpawnInGroupResult child = spawn(
				"sh -c '. \"$0\"; announce member; exec sleep 60' \"$FIXTURE\" & announce leader");
		LiveProcess leader = this.fixture.await("leader");
		LiveProcess member = this.fixture.await("member");
		assertThat(this.sysprims.waitPid(child.pid(), LONG).exitCode()).isZero();
		assertThat(this.sysprims.waitPid(member.pid(), Duration.ofMillis(100)).timedOut()).isTrue();
		assertThat(leader.isZombie()).as("its zombie keeps the number of the group taken").isTrue();
		assertThat(this.sysprims.terminateTree(child.pid(), QUICK).exited()).isTrue();
		assertThat(List.of(leader, member)).noneMatch(LiveProcess::isAlive);
		assertThat(leader.isZombie()).isFalse();
	}

	@Test
	void aTreeThatCooperatesIsOverLongBeforeItsGrace() {
		SpawnInGroupResult child = spawn("sleep 60 & sleep 60 & announce leader; wait");
		this.fixture.await("leader");
		TerminateTreeResult result = this.sysprims.terminateTree(child.pid(),
				TerminateTreeConfig.builder().graceTimeout(LONG).build());
		assertThat(result.elapsed()).isLessThan(LONG);
		assertThat(result.escalated()).isFalse();
		assertThat(result.exited()).isTrue();
	}

	@Test
	void theTreeOfAStrangerIsEndedToo() throws Exception {
		Process stranger = new ProcessBuilder(this.fixture.sh("""
				sh -c '. "$0"; trap "" TERM; announce child; while :; do sleep 1; done' "$FIXTURE" &
				announce stranger
				wait""")).start();
		LiveProcess child = this.fixture.await("child");
		LiveProcess root = this.fixture.await("stranger");
		TerminateTreeResult result = this.sysprims.terminateTree(root.pid(), QUICK);
		assertThat(result.exited()).isTrue();
		assertThat(result.pgid()).as("it is in our own group, which is never signalled").isNull();
		assertThat(List.of(root, child)).noneMatch(LiveProcess::isAlive);
		stranger.waitFor();
	}

	@Test
	void tenConcurrentCallsRunOneSequence() {
		SpawnInGroupResult child = spawn("trap '' TERM; announce leader; while :; do sleep 1; done");
		this.fixture.await("leader");
		List<CompletableFuture<TerminateTreeResult>> calls = IntStream.range(0, 10)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> this.sysprims.terminateTree(child.identity(), QUICK),
					(task) -> new Thread(task).start()))
			.toList();
		List<TerminateTreeResult> results = calls.stream().map(CompletableFuture::join).toList();
		assertThat(results).allMatch(TerminateTreeResult::exited).allMatch(TerminateTreeResult::escalated);
		assertThat(results).allMatch((result) -> result.members().equals(results.get(0).members()));
	}

	@Test
	void anIdentityOutlivesItsProcessOnlyAsGone() throws InterruptedException {
		SpawnInGroupResult child = spawn("announce leader; exec sleep 60");
		this.fixture.await("leader");
		ProcessIdentity stored = ProcessIdentity.parse(child.identity().toString());
		assertThat(this.sysprims.check(stored)).isEqualTo(IdentityCheck.SAME);
		assertThat(this.sysprims.identify(child.pid())).isEqualTo(stored);
		this.sysprims.terminateTree(stored, QUICK);
		assertThat(this.sysprims.check(stored)).isEqualTo(IdentityCheck.GONE);
		assertThatExceptionOfType(NoSuchProcessException.class)
			.isThrownBy(() -> this.sysprims.terminateTree(stored, QUICK));
		assertThatExceptionOfType(NoSuchProcessException.class)
			.isThrownBy(() -> this.sysprims.signal(stored, Signal.TERM));
	}

	@Test
	void anIdentityWhoseNumberWasReusedIsRefusedAndTheOtherProcessSpared() {
		SpawnInGroupResult child = spawn("announce other; exec sleep 60");
		LiveProcess other = this.fixture.await("other");
		ProcessIdentity now = child.identity();
		ProcessIdentity earlier = new ProcessIdentity(now.scheme(), now.bootId(), now.pid(), now.start() - 100, null);
		ProcessIdentity otherBoot = new ProcessIdentity(now.scheme(), "0", now.pid(), now.start(), null);
		for (ProcessIdentity stale : List.of(earlier, otherBoot)) {
			assertThat(this.sysprims.check(stale)).isEqualTo(IdentityCheck.REUSED);
			assertThatExceptionOfType(NoSuchProcessException.class)
				.isThrownBy(() -> this.sysprims.terminateTree(stale, QUICK))
				.withMessageContaining("belongs to another process");
		}
		assertThat(other.isAlive()).isTrue();
		this.sysprims.terminateTree(now, QUICK);
	}

	@Test
	void dangerousTargetsAreRefused() {
		long self = ProcessHandle.current().pid();
		long parent = ProcessHandle.current().parent().orElseThrow().pid();
		for (long pid : new long[] { 0, 1, -1, -self, Integer.MIN_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE, self,
				parent }) {
			assertThatIllegalArgumentException().as("terminateTree(%d)", pid)
				.isThrownBy(() -> this.sysprims.terminateTree(pid, QUICK))
				.withMessageContaining(Long.toString(pid));
		}
		for (long pid : new long[] { 0, -1, 1L << 31, (1L << 32) + self }) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.sysprims.getProcess(pid));
			assertThatIllegalArgumentException().isThrownBy(() -> this.sysprims.waitPid(pid, Duration.ZERO));
			assertThatIllegalArgumentException().isThrownBy(() -> this.sysprims.identify(pid));
			assertThatIllegalArgumentException().isThrownBy(() -> this.sysprims.descendants(pid));
		}
	}

	@Test
	void oneDescribesItselfAndItsDescendants() {
		SpawnInGroupResult child = spawn("sleep 60 & announce leader; wait");
		this.fixture.await("leader");
		ProcessFixture.awaitTrue(() -> !this.sysprims.descendants(child.pid()).isEmpty(), "the child appears");
		List<ProcessInfo> descendants = this.sysprims.descendants(child.pid());
		assertThat(descendants).extracting(ProcessInfo::ppid).containsExactly(child.pid());
		assertThat(this.sysprims.processes(ProcessFilter.builder().ppid(child.pid()).build()))
			.extracting(ProcessInfo::pid)
			.containsExactly(descendants.get(0).pid());
		assertThat(this.sysprims.descendants(ProcessHandle.current().pid())).extracting(ProcessInfo::pid)
			.contains(child.pid(), descendants.get(0).pid());
		this.sysprims.terminateTree(child.pid(), QUICK);
	}

}
