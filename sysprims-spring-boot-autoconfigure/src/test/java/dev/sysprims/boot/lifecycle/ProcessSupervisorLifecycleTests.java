package dev.sysprims.boot.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.sysprims.boot.fixture.FakeSupervisor;
import dev.sysprims.supervisor.JobSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ExtendWith(OutputCaptureExtension.class)
class ProcessSupervisorLifecycleTests {

	private final FakeSupervisor supervisor = new FakeSupervisor();

	private final ProcessSupervisorLifecycle lifecycle = new ProcessSupervisorLifecycle(this.supervisor,
			new ListenerDelivery(), ShutdownBudget.of(Duration.ofSeconds(30)));

	@Test
	void itStopsAfterTheWebDrainAndBeforeTheWebServerAndTheExecutors() {
		assertThat(this.lifecycle.getPhase()).isEqualTo(Integer.MAX_VALUE - 1536)
			.isLessThan(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE)
			.isGreaterThan(WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE)
			.isGreaterThan(ExecutorConfigurationSupport.DEFAULT_PHASE);
	}

	@Test
	void itIsNotPauseable() {
		assertThat(this.lifecycle.isPauseable()).isFalse();
	}

	@Test
	void stoppingClosesTheSupervisorWithinTheBudgetOnAnotherThread() throws Exception {
		this.lifecycle.start();
		CountDownLatch stopped = new CountDownLatch(1);
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.lifecycle.stop(() -> {
			thread.set(Thread.currentThread());
			stopped.countDown();
		});
		assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(thread.get()).isNotSameAs(Thread.currentThread());
		assertThat(this.supervisor.budgets()).containsExactly(Duration.ofSeconds(29));
		assertThat(this.lifecycle.isRunning()).isFalse();
	}

	@Test
	void theContextIsCalledBackAlsoWhenClosingFails(CapturedOutput output) throws Exception {
		ProcessSupervisorLifecycle failing = new ProcessSupervisorLifecycle(new FakeSupervisor() {
			@Override
			public void close(Duration budget) {
				throw new IllegalStateException("stuck");
			}
		}, new ListenerDelivery(), ShutdownBudget.of(Duration.ofSeconds(30)));
		CountDownLatch stopped = new CountDownLatch(1);
		failing.stop(stopped::countDown);
		assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(output).contains("Not all jobs could be ended").contains("stuck");
	}

	@Test
	void aListenerThatNeverReturnsDoesNotHoldUpTheContextBeyondThePhase(CapturedOutput output) {
		ListenerDelivery delivery = new ListenerDelivery();
		delivery.starting(JobSpec.command("true").build());
		new ProcessSupervisorLifecycle(this.supervisor, delivery, ShutdownBudget.of(Duration.ofMillis(200))).stop();
		assertThat(output).contains("Listeners have not taken the end of 1 job(s)");
	}

	@Test
	void aClosedSupervisorIsNotStartedAgain() {
		this.supervisor.close();
		assertThatIllegalStateException().isThrownBy(this.lifecycle::start)
			.withMessageContaining("closed")
			.withMessageContaining("make a new context");
	}

	@Test
	void aNormalStartSaysInOneLineWhatWasFound(CapturedOutput output) {
		this.lifecycle.start();
		assertThat(linesOf(output, "sysprims ")).singleElement()
			.asString()
			.contains("INFO", "linux", "native", "session", "best_effort");
	}

	@Test
	void theFallbackBackendIsOneWarningWithTheMend(CapturedOutput output) {
		this.supervisor.on(FakeSupervisor.platform("jdk", List.of("JNA could not be loaded from /tmp (noexec).",
				"Set -Djna.tmpdir to a directory without noexec.")));
		this.lifecycle.start();
		assertThat(linesOf(output, "sysprims ")).singleElement()
			.asString()
			.contains("WARN", "jdk", "descent", "noexec", "Set -Djna.tmpdir");
	}

	private static List<String> linesOf(CapturedOutput output, String marker) {
		return output.getOut().lines().filter((line) -> line.contains(marker)).toList();
	}

}
