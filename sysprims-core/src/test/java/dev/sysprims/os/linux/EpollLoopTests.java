package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.EventLoop.Readiness;
import dev.sysprims.os.posix.EventLoop.Watch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EpollLoopTests {

	private static final int SOON = 20;

	private final ConcurrentLinkedQueue<Runnable> elsewhere = new ConcurrentLinkedQueue<>();

	private final EpollLoop loop = new EpollLoop(this.elsewhere::add, SOON);

	private final List<Integer> open = new ArrayList<>();

	@AfterEach
	void closeDescriptors() {
		this.open.forEach(Descriptors::close);
	}

	@Test
	void aHandlerIsCalledWhileItsDescriptorIsReady() throws Exception {
		CountDownLatch called = new CountDownLatch(3);
		this.loop.watch(event(1), Readiness.READ, (watch) -> {
			called.countDown();
			if (called.getCount() == 0) {
				watch.cancel();
			}
		});
		assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void aHandlerThatIsToldOnceIsToldOnceMoreWhenAsked() throws Exception {
		ConcurrentLinkedQueue<Watch> calls = new ConcurrentLinkedQueue<>();
		Watch watch = this.loop.watchOnce(event(1), Readiness.READ, calls::add);
		ProcessFixture.awaitTrue(() -> calls.size() == 1, "the handler was not called");
		ran();
		assertThat(calls).containsExactly(watch);
		watch.again();
		ProcessFixture.awaitTrue(() -> calls.size() == 2, "the handler was not called again");
		watch.cancel();
		watch.again();
		assertThat(calls).hasSize(2);
	}

	@Test
	void aCancelledHandlerIsNotCalled() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		int fd = event(0);
		Watch watch = this.loop.watch(fd, Readiness.READ, (ready) -> calls.incrementAndGet());
		watch.cancel();
		watch.cancel();
		LinuxC.write(fd, new long[] { 1 }, Long.BYTES);
		Watch other = this.loop.watch(fd, Readiness.WRITE, Watch::cancel);
		ran();
		other.cancel();
		assertThat(calls).hasValue(0);
	}

	@Test
	void aHandlerThatThrowsDoesNotEndTheLoop() throws Exception {
		AtomicInteger calls = new AtomicInteger();
		Watch broken = this.loop.watch(event(1), Readiness.READ, (watch) -> {
			calls.incrementAndGet();
			throw new IllegalStateException("for this test");
		});
		CompletableFuture<Void> other = new CompletableFuture<>();
		this.loop.watch(event(1), Readiness.READ, (watch) -> {
			watch.cancel();
			other.complete(null);
		});
		Spawned.get(other);
		broken.cancel();
		assertThat(calls.get()).isPositive();
	}

	@Test
	void withNothingToWatchThereIsNoThreadAndNoDescriptor() throws Exception {
		Watch watch = this.loop.watch(event(0), Readiness.READ, (ready) -> {
		});
		assertThat(this.loop.isRunning()).isTrue();
		watch.cancel();
		ProcessFixture.awaitTrue(() -> !this.loop.isRunning(), "the loop did not stop");
		this.loop.execute(() -> {
		});
		assertThat(this.elsewhere).hasSize(1);
		aHandlerIsCalledWhileItsDescriptorIsReady();
	}

	@Test
	void whatIsWatchedWhileTheLoopStopsIsNotLost() throws Exception {
		// With an idle time of nothing the loop stops all the time.
		EpollLoop restless = new EpollLoop(Runnable::run, 0);
		for (int i = 0; i < 2_000; i++) {
			CompletableFuture<Void> called = new CompletableFuture<>();
			int fd = Descriptors.aboveStdio(LinuxC.eventfd(1, LinuxC.EFD_CLOEXEC), "eventfd");
			Watch watch = restless.watch(fd, Readiness.READ, (ready) -> {
				ready.cancel();
				called.complete(null);
			});
			Spawned.get(called);
			watch.cancel();
			Descriptors.close(fd);
		}
		ProcessFixture.awaitTrue(() -> !restless.isRunning(), "the loop did not stop");
	}

	@Test
	void aLoopWhoseDescriptorWasClosedByOthersGoesOn() throws Exception {
		CompletableFuture<Void> called = new CompletableFuture<>();
		int fd = event(0);
		this.loop.watch(fd, Readiness.READ, (ready) -> {
			ready.cancel();
			called.complete(null);
		});
		Watch kept = this.loop.watch(event(0), Readiness.READ, Watch::cancel);
		Descriptors.close(setThatHas(fd));
		LinuxC.write(fd, new long[] { 1 }, Long.BYTES);
		Spawned.get(called);
		CompletableFuture<Void> again = new CompletableFuture<>();
		int other = event(1);
		ProcessFixture.awaitTrue(() -> isWatched(other, again), "the loop did not open a new set");
		Spawned.get(again);
		kept.cancel();
	}

	@Test
	void aDescriptorThatCannotBeWatchedIsRefused() {
		assertThatExceptionOfType(ErrnoException.class)
			.isThrownBy(() -> this.loop.watch(1_000_000, Readiness.READ, Watch::cancel))
			.withMessageContaining("epoll_ctl")
			.withMessageContaining("EBADF");
		ProcessFixture.awaitTrue(() -> !this.loop.isRunning(), "the loop did not stop");
	}

	/** Waits until the loop has run a task that was given now. */
	private void ran() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.loop.execute(() -> done.complete(null));
		Spawned.get(done);
	}

	private int event(int initial) throws ErrnoException {
		int fd = Descriptors.aboveStdio(LinuxC.eventfd(initial, LinuxC.EFD_CLOEXEC | LinuxC.EFD_NONBLOCK), "eventfd");
		this.open.add(fd);
		return fd;
	}

	private boolean isWatched(int fd, CompletableFuture<Void> called) {
		try {
			this.loop.watch(fd, Readiness.READ, (ready) -> {
				ready.cancel();
				called.complete(null);
			});
			return true;
		}
		catch (ErrnoException ex) {
			return false;
		}
	}

	/** The kernel tells of each epoll set which descriptors are in it. */
	private static int setThatHas(int fd) throws IOException {
		for (int number : OpenDescriptors.numbersOf(ProcessHandle.current().pid())) {
			Path info = Path.of("/proc/self/fdinfo/" + number);
			if (Files.exists(info)
					&& Files.readAllLines(info).stream().anyMatch((line) -> line.matches("tfd: +" + fd + " .*"))) {
				return number;
			}
		}
		throw new AssertionError("No epoll set has descriptor " + fd);
	}

}
