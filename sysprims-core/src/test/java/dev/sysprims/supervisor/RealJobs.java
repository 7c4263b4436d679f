package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Real programs under a real supervisor, on each backend. When a test is over nothing of
 * it may live.
 */
@ParameterizedClass
@EnumSource(Backend.class)
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class RealJobs {

	/** Longer than any test: whatever takes this long is ended by nothing but a kill. */
	static final Duration LONG = Duration.ofSeconds(60);

	static final Duration SHORT = Duration.ofMillis(300);

	@Parameter
	Backend backend;

	final ProcessFixture fixture = new ProcessFixture();

	ProcessSupervisor supervisor;

	@BeforeEach
	void open() {
		this.supervisor = configure(ProcessSupervisor.builder().shutdownHook(false)).build(this.backend.trees());
	}

	@AfterEach
	void nothingIsLeft() {
		this.supervisor.close(Duration.ofSeconds(10));
		try {
			assertThat(this.fixture.survivors()).isEmpty();
		}
		finally {
			this.fixture.close();
		}
	}

	ProcessSupervisor.Builder configure(ProcessSupervisor.Builder builder) {
		return builder.graceTimeout(LONG);
	}

	/** A job of a shell script that can announce itself. */
	JobSpec.Builder script(String script) {
		return JobSpec.command(this.fixture.sh(script));
	}

	/** A script that ignores SIGTERM, as do the programs that it starts. */
	JobSpec.Builder stubborn(String name) {
		return script("trap '' TERM; announce " + name + "; while :; do sleep 1; done");
	}

	void assumeHas(Capability capability) {
		Assumptions.assumeTrue(this.backend.has(capability), () -> this.backend + " is known to lack " + capability);
	}

	/** Runs something on a thread of its own that can be interrupted. */
	static <T> Interruptible<T> onAThread(InterruptibleCall<T> call) {
		return new Interruptible<>(call);
	}

	static boolean isAlive(LiveProcess... processes) {
		for (LiveProcess process : processes) {
			if (process.isAlive()) {
				return true;
			}
		}
		return false;
	}

	/** What may be interrupted. */
	interface InterruptibleCall<T> {

		T call() throws Exception;

	}

	/** A thread, its outcome, and its interrupt flag at the end. */
	static final class Interruptible<T> {

		private final CompletableFuture<T> outcome = new CompletableFuture<>();

		private final CompletableFuture<Boolean> flag = new CompletableFuture<>();

		private final Thread thread;

		Interruptible(InterruptibleCall<T> call) {
			this.thread = new Thread(() -> {
				try {
					T value = call.call();
					this.flag.complete(Thread.interrupted());
					this.outcome.complete(value);
				}
				catch (Throwable ex) {
					this.flag.complete(Thread.interrupted());
					this.outcome.completeExceptionally(ex);
				}
			}, "test-caller");
			this.thread.start();
		}

		void interrupt() {
			this.thread.interrupt();
		}

		/** Waits until it waits. */
		void awaitWaiting() {
			ProcessFixture
				.awaitTrue(
						() -> this.thread.getState() == Thread.State.WAITING
								|| this.thread.getState() == Thread.State.TIMED_WAITING,
						"the thread did not come to wait");
		}

		StackTraceElement[] stackTrace() {
			return this.thread.getStackTrace();
		}

		boolean isDone() {
			return this.outcome.isDone();
		}

		CompletableFuture<T> outcome() {
			return this.outcome.orTimeout(30, TimeUnit.SECONDS);
		}

		boolean flagAtTheEnd() {
			return this.flag.orTimeout(30, TimeUnit.SECONDS).join();
		}

	}

}
