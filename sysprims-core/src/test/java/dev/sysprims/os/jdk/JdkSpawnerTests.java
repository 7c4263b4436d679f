package dev.sysprims.os.jdk;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.Command;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.process.SysprimsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@DisabledOnOs(OS.WINDOWS)
class JdkSpawnerTests {

	private static final SpawnRequest SLEEP = new SpawnRequest(Command.of("sleep", "60"), new ChildInput.Stream(),
			new ChildOutput.Stream(), new ChildOutput.Discard());

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private final StoppedSweeper sweeper = new StoppedSweeper();

	@Test
	void aStartThatTakesTooLongFailsAndAChildThatComesLaterIsEnded() {
		CompletableFuture<ExitStatus> told = new CompletableFuture<>();
		CompletableFuture<SpawnedChild> started = spawner(this.tasks::add).spawn(SLEEP, told::complete);
		this.sweeper.timer.run();
		assertThatExceptionOfType(CompletionException.class).isThrownBy(started::join)
			.havingCause()
			.isInstanceOf(SysprimsException.class)
			.withMessageContaining("'sleep': the system took more than 30 s")
			.satisfies((ex) -> assertThat(((SysprimsException) ex).kind()).isEqualTo(ErrorKind.TIMEOUT));
		long before = ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
		this.tasks.remove().run();
		this.tasks.forEach((task) -> new Thread(task).start());
		ProcessFixture.awaitTrue(
				() -> ProcessHandle.current().children().filter(ProcessHandle::isAlive).count() <= before,
				"the late child did not end");
		assertThat(told).isNotDone();
	}

	@Test
	void aStartThatIsInTimeCancelsItsTimer() {
		CompletableFuture<SpawnedChild> started = spawner((task) -> new Thread(task).start()).spawn(SLEEP, (status) -> {
		});
		started.join().signal(dev.sysprims.process.Signal.KILL);
		assertThat(this.sweeper.cancelled).isTrue();
	}

	@Test
	void withoutAThreadTheChildIsEndedAndTheErrorSaysWhy() {
		Deque<Executor> threads = new ArrayDeque<>();
		threads.add(Runnable::run); // the start itself
		threads.add((task) -> {
			throw new OutOfMemoryError("unable to create native thread");
		});
		long before = ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
		CompletableFuture<SpawnedChild> started = spawner((task) -> threads.remove().execute(task)).spawn(SLEEP,
				(status) -> {
				});
		assertThatExceptionOfType(CompletionException.class).isThrownBy(started::join)
			.havingCause()
			.isInstanceOf(SpawnFailedException.class)
			.withMessageContaining("no more threads");
		ProcessFixture.awaitTrue(
				() -> ProcessHandle.current().children().filter(ProcessHandle::isAlive).count() <= before,
				"the child did not end");
	}

	private JdkSpawner spawner(Executor threads) {
		return new JdkSpawner(new JdkProcesses(), this.sweeper, threads);
	}

	/** Keeps the one timer, for the test to run. */
	private static final class StoppedSweeper implements Sweeper {

		private Runnable timer;

		private volatile boolean cancelled;

		@Override
		public long nanoTime() {
			return 0;
		}

		@Override
		public Instant now() {
			return Instant.EPOCH;
		}

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		public Runnable schedule(long nanoTime, Runnable task) {
			this.timer = task;
			return () -> this.cancelled = true;
		}

		@Override
		public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
			throw new UnsupportedOperationException();
		}

	}

}
