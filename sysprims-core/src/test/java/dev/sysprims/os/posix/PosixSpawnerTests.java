package dev.sysprims.os.posix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.process.SysprimsException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PosixSpawnerTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private static final Duration NEVER = Duration.ofSeconds(30);

	private static final Duration SOON = Duration.ofMillis(50);

	private static final SpawnRequest TRUE = new SpawnRequest(Command.of("true"), new ChildInput.Stream(),
			new ChildOutput.Stream(), new ChildOutput.Discard());

	private final CountDownLatch hanging = new CountDownLatch(1);

	private final AtomicBoolean first = new AtomicBoolean(true);

	private final ConcurrentLinkedQueue<Integer> spawned = new ConcurrentLinkedQueue<>();

	@Test
	void aSpawnThatHangsFailsAtItsLimitAndLeavesNothingBehind() {
		List<String> before = OpenDescriptors.ofWork();
		PosixSpawner spawner = spawner(new PosixSpawner.Limits(SOON, SOON), this::hangFirst);
		CompletableFuture<SpawnedChild> stuck = spawner.spawn(TRUE, (status) -> {
		});
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> Spawned.get(stuck))
			.withMessageContaining("Cannot start 'true'")
			.withMessageContaining("0.05 s");
		this.hanging.countDown();
		ProcessFixture.awaitTrue(() -> this.spawned.size() == 1, "the hanging spawn did not go on");
		ProcessFixture.awaitTrue(() -> OS.entry(this.spawned.peek()) == null, "its child was not killed and reaped");
		ProcessFixture.awaitTrue(() -> OpenDescriptors.ofWork().equals(before), "its descriptors were not closed");
	}

	@Test
	void aSpawnThatHangsDoesNotHoldUpOthers() {
		PosixSpawner spawner = spawner(new PosixSpawner.Limits(SOON, NEVER), this::hangFirst);
		CompletableFuture<ExitStatus> slowExit = new CompletableFuture<>();
		CompletableFuture<SpawnedChild> slow = spawner.spawn(TRUE, slowExit::complete);
		for (int i = 0; i < 3; i++) {
			start(spawner).close();
		}
		assertThat(slow).isNotDone();
		this.hanging.countDown();
		SpawnedChild child = Spawned.get(slow);
		assertThat(Spawned.get(slowExit)).isEqualTo(ExitStatus.exited(0));
		assertThat(child.reap().status()).isEqualTo(ExitStatus.exited(0));
		child.finishStreams(() -> {
		});
	}

	@Test
	void onlySoManyHangingThreadsAreBorne() {
		PosixSpawner spawner = spawner(new PosixSpawner.Limits(Duration.ofMillis(1), SOON), this::hangAll);
		List<CompletableFuture<SpawnedChild>> all = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			all.add(spawner.spawn(TRUE, (status) -> {
			}));
		}
		all.forEach((future) -> assertThatExceptionOfType(SpawnFailedException.class)
			.isThrownBy(() -> Spawned.get(future)));
		assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(spawner))
			.withMessageContaining("16 other spawns hang");
		this.hanging.countDown();
		ProcessFixture.awaitTrue(() -> works(spawner), "the spawner did not recover");
	}

	@Test
	void aProgramThatIsBusyForAMomentIsTriedAgain() {
		AtomicInteger tries = new AtomicInteger();
		PosixSpawner spawner = spawner(PosixSpawner.Limits.DEFAULT, (real, program, in, out, err) -> {
			if (tries.incrementAndGet() < 4) {
				throw new ErrnoException("posix_spawn", Errno.ETXTBSY);
			}
			return real.spawn(program, in, out, err);
		});
		try (Spawned child = start(spawner)) {
			assertThat(child.exit()).isEqualTo(ExitStatus.exited(0));
			assertThat(tries).hasValue(4);
		}
	}

	@Test
	void aLackOfResourcesSaysWhichLimitToRaise() {
		Map<Integer, String> mends = Map.of(Errno.EAGAIN, "ulimit -u", Errno.EMFILE, "ulimit -n", Errno.ENFILE,
				"fs.file-max", Errno.ENOMEM, "memory");
		mends.forEach((errno, mend) -> {
			PosixSpawner spawner = spawner(PosixSpawner.Limits.DEFAULT, (real, program, in, out, err) -> {
				throw new ErrnoException("posix_spawn", errno);
			});
			assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(spawner))
				.withMessageContaining(Errno.name(errno))
				.withMessageContaining(mend);
		});
	}

	@Test
	void aFaultInsideFailsTheRequestAndNotTheSpawner() {
		AtomicInteger tries = new AtomicInteger();
		PosixSpawner spawner = spawner(PosixSpawner.Limits.DEFAULT, (real, program, in, out, err) -> {
			if (tries.incrementAndGet() == 1) {
				throw new IllegalStateException("for this test");
			}
			return real.spawn(program, in, out, err);
		});
		assertThatExceptionOfType(SysprimsException.class).isThrownBy(() -> start(spawner))
			.withMessageContaining("Cannot start 'true'")
			.withMessageContaining("for this test");
		start(spawner).close();
	}

	@Test
	void aChildThatCannotBeIdentifiedIsKilledAndReaped() {
		List<String> before = OpenDescriptors.ofWork();
		PosixSpawner spawner = spawner(PosixSpawner.Limits.DEFAULT, this::record, (pid) -> null);
		assertThatExceptionOfType(SysprimsException.class).isThrownBy(() -> start(spawner))
			.withMessageContaining("cannot be seen");
		assertThat(OS.entry(this.spawned.element())).isNull();
		ProcessFixture.awaitTrue(() -> OpenDescriptors.ofWork().equals(before), "descriptors were not closed");
	}

	@Test
	void aChildThatNobodyWantsAnyMoreIsKilledAndReaped() {
		List<String> before = OpenDescriptors.ofWork();
		PosixSpawner spawner = spawner(PosixSpawner.Limits.DEFAULT, this::hangFirst);
		SpawnRequest sleep = new SpawnRequest(Command.of("sleep", "60"), new ChildInput.Stream(),
				new ChildOutput.Stream(), new ChildOutput.Stream());
		CompletableFuture<SpawnedChild> cancelled = spawner.spawn(sleep, (status) -> {
		});
		cancelled.cancel(false);
		this.hanging.countDown();
		ProcessFixture.awaitTrue(() -> this.spawned.size() == 1, "the spawn did not go on");
		ProcessFixture.awaitTrue(() -> OS.entry(this.spawned.peek()) == null, "its child was not killed and reaped");
		ProcessFixture.awaitTrue(() -> OpenDescriptors.ofWork().equals(before), "its descriptors were not closed");
	}

	private static PosixSpawner spawner(PosixSpawner.Limits limits, Behaviour behaviour) {
		return spawner(limits, behaviour, OS::identify);
	}

	private static PosixSpawner spawner(PosixSpawner.Limits limits, Behaviour behaviour,
			LongFunction<ProcessIdentity> identities) {
		PollingSystem polling = new PollingSystem(OS.sweeper(), identities);
		Launch launch = new Launch(polling, polling, OS.sweeper(), InheritedEnvironment.read());
		ClosingDescriptors closing = ClosingDescriptors.available();
		return new PosixSpawner(launch, OS.sweeper(), () -> new ChangedCall(new NativeSpawn(closing), behaviour),
				limits);
	}

	private Spawned start(PosixSpawner spawner) {
		return Spawned.start(spawner, TRUE);
	}

	private boolean works(PosixSpawner spawner) {
		try (Spawned child = start(spawner)) {
			return child.exit().equals(ExitStatus.exited(0));
		}
		catch (SpawnFailedException ex) {
			return false;
		}
	}

	private int hangFirst(SpawnCall real, PreparedProgram program, int in, int out, int err) throws ErrnoException {
		if (this.first.getAndSet(false)) {
			awaitRelease();
		}
		return record(real, program, in, out, err);
	}

	private int hangAll(SpawnCall real, PreparedProgram program, int in, int out, int err) throws ErrnoException {
		awaitRelease();
		return record(real, program, in, out, err);
	}

	private int record(SpawnCall real, PreparedProgram program, int in, int out, int err) throws ErrnoException {
		int pid = real.spawn(program, in, out, err);
		this.spawned.add(pid);
		return pid;
	}

	private void awaitRelease() {
		try {
			this.hanging.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	/** What happens instead of, before or after the real call. */
	private interface Behaviour {

		int spawn(SpawnCall real, PreparedProgram program, int stdin, int stdout, int stderr) throws ErrnoException;

	}

	private record ChangedCall(SpawnCall real, Behaviour behaviour) implements SpawnCall {

		@Override
		public int spawn(PreparedProgram program, int stdin, int stdout, int stderr) throws ErrnoException {
			return this.behaviour.spawn(this.real, program, stdin, stdout, stderr);
		}

		@Override
		public void close() {
			this.real.close();
		}

	}

}
