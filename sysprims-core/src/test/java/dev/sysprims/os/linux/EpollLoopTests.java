package dev.sysprims.os.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

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
		List<Integer> before = epolls();
		CompletableFuture<Void> called = new CompletableFuture<>();
		int fd = event(0);
		Watch watch = this.loop.watch(fd, Readiness.READ, (ready) -> {
			ready.cancel();
			called.complete(null);
		});
		List<Integer> own = epolls();
		own.removeAll(before);
		assertThat(own).hasSize(1);
		Descriptors.close(own.get(0));
		LinuxC.write(fd, new long[] { 1 }, Long.BYTES);
		Spawned.get(called);
		ProcessFixture.awaitTrue(() -> epolls().size() > before.size(), "the loop did not open a new set");
		CompletableFuture<Void> again = new CompletableFuture<>();
		this.loop.watch(event(1), Readiness.READ, (ready) -> {
			ready.cancel();
			again.complete(null);
		});
		Spawned.get(again);
		watch.cancel();
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

	private static List<Integer> epolls() {
		List<Integer> found = new ArrayList<>();
		try (Stream<Path> fds = Files.list(Path.of("/proc/self/fd"))) {
			for (Path fd : fds.toList()) {
				if (Files.isSymbolicLink(fd) && Files.readSymbolicLink(fd).toString().contains("[eventpoll]")) {
					found.add(Integer.valueOf(fd.getFileName().toString()));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

}
