package dev.sysprims.os.posix;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sysprims.fixture.CollectedBytes;
import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.linux.LinuxSystem;
import dev.sysprims.process.Command;
import dev.sysprims.process.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ManyChildrenIntegrationTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private List<String> before;

	private int loopsBefore;

	private int threadsBefore;

	@BeforeEach
	void countDescriptors() {
		this.before = OpenDescriptors.ofWork();
		// Those of other tests, which end by and by.
		this.loopsBefore = OpenDescriptors.ofLoops().size();
		this.threadsBefore = ourThreads().size();
	}

	@AfterEach
	void everythingIsAsItWas() {
		assertThat(OpenDescriptors.ofWork()).isEqualTo(this.before);
		assertThat(OS.table().childrenOf(ProcessHandle.current().pid())).isEmpty();
		ProcessFixture.awaitTrue(
				() -> ourThreads().size() <= this.threadsBefore && OpenDescriptors.ofLoops().size() <= this.loopsBefore,
				"threads or event loops are left");
	}

	@Test
	void aHundredThreadsStartFiveHundredChildren() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(100);
		List<Future<String>> outputs = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			String said = "child " + i;
			outputs.add(threads.submit(() -> Spawned.output(OS, Command.of("echo", said))));
		}
		for (int i = 0; i < 500; i++) {
			assertThat(outputs.get(i).get(60, TimeUnit.SECONDS)).isEqualTo("child " + i + "\n");
		}
		threads.shutdown();
	}

	@Test
	void aThousandLiveChildrenCostNoThreadAndTwoDescriptorsEach() {
		List<Spawned> all = new ArrayList<>();
		try {
			for (int i = 0; i < 1_000; i++) {
				all.add(Spawned.start(OS, new SpawnRequest(Command.of("sleep", "60"), new ChildInput.Empty(),
						new ChildOutput.Capture(new CollectedBytes()), new ChildOutput.SameAsStdout())));
			}
			// Events, sweeper, spawner, and the one that moves children into cgroups.
			assertThat(ourThreads()).hasSizeLessThanOrEqualTo(this.threadsBefore + 4);
			assertThat(OpenDescriptors.ofWork()).hasSizeLessThanOrEqualTo(this.before.size() + 2_000);
			all.forEach((spawned) -> spawned.child().signalGroup(Signal.KILL));
			all.forEach((spawned) -> assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.KILL)));
		}
		finally {
			all.forEach(Spawned::close);
		}
	}

	@Test
	void anInterruptedCallerLosesNoChild() throws Exception {
		List<CompletableFuture<ExitStatus>> exits = new ArrayList<>();
		Thread caller = new Thread(() -> {
			for (int i = 0; i < 1_000; i++) {
				Thread.currentThread().interrupt();
				CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
				exits.add(exit);
				OS.spawner()
					.spawn(Spawned.quiet(Command.of("true")), exit::complete)
					.thenAccept((child) -> exit.thenRun(child::reap));
			}
		});
		caller.start();
		caller.join();
		exits.forEach((exit) -> assertThat(Spawned.get(exit)).isEqualTo(ExitStatus.exited(0)));
		ProcessFixture.awaitTrue(() -> OS.table().childrenOf(ProcessHandle.current().pid()).isEmpty(),
				"there are zombies");
	}

	@Test
	void aProcessBuilderBesideIsNotHeldUpByOurLiveChildren() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		List<Spawned> sleeping = new ArrayList<>();
		try {
			List<Callable<Long>> starts = new ArrayList<>();
			for (int i = 0; i < 200; i++) {
				starts.add(ManyChildrenIntegrationTests::timeOfProcessBuilder);
			}
			List<Future<Long>> times = new ArrayList<>();
			for (Callable<Long> start : starts) {
				times.add(threads.submit(start));
				sleeping.add(Spawned.start(OS, Command.of("sleep", "30")));
			}
			for (Future<Long> time : times) {
				// One that had inherited the JDK's pipe to its own child would hold it
				// for 30 s.
				assertThat(time.get(25, TimeUnit.SECONDS)).isLessThan(TimeUnit.SECONDS.toNanos(20));
			}
		}
		finally {
			threads.shutdown();
			sleeping.forEach(Spawned::close);
		}
	}

	@Test
	void aChildOutlivesTheThreadThatStartedIt() throws Exception {
		CompletableFuture<Spawned> started = new CompletableFuture<>();
		Thread starter = new Thread(() -> started.complete(Spawned.start(OS, Command.of("sleep", "60"))));
		starter.start();
		starter.join();
		try (Spawned spawned = Spawned.get(started)) {
			ProcessFixture.awaitTrue(() -> ourThreads().stream().noneMatch((name) -> name.contains("spawner")),
					"the spawner does not end");
			assertThat(spawned.hasExited()).isFalse();
			assertThat(OS.entry(spawned.pid()).ended()).isFalse();
		}
	}

	@Test
	void tenThousandPinsLeaveNoDescriptor() {
		try (Spawned spawned = Spawned.start(OS, Command.of("sleep", "60"))) {
			List<String> during = OpenDescriptors.ofWork();
			for (int i = 0; i < 10_000; i++) {
				OS.pin(spawned.child().key(), (status) -> {
				}).close();
			}
			assertThat(OpenDescriptors.ofWork()).isEqualTo(during);
			List<PinnedProcess> pins = new ArrayList<>();
			CompletableFuture<?>[] exits = new CompletableFuture<?>[500];
			for (int i = 0; i < exits.length; i++) {
				CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
				exits[i] = exit;
				pins.add(OS.pin(spawned.child().key(), exit::complete));
			}
			spawned.child().signal(Signal.KILL);
			Spawned.get(CompletableFuture.allOf(exits));
			assertThat(spawned.exit()).isEqualTo(ExitStatus.signalled(Signal.KILL));
			pins.forEach(PinnedProcess::close);
		}
	}

	private static long timeOfProcessBuilder() throws IOException, InterruptedException {
		long begin = System.nanoTime();
		new ProcessBuilder("true").start().waitFor();
		return System.nanoTime() - begin;
	}

	private static List<String> ourThreads() {
		Thread[] threads = new Thread[Thread.activeCount() + 200];
		int count = Thread.currentThread().getThreadGroup().enumerate(threads);
		return Stream.of(threads)
			.limit(count)
			.map(Thread::getName)
			.filter((name) -> name.startsWith("sysprims-"))
			.toList();
	}

}
