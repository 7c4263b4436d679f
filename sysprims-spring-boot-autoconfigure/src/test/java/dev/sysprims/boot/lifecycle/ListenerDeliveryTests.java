package dev.sysprims.boot.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.boot.fixture.FakeJob;
import dev.sysprims.process.SpawnFailedException;
import dev.sysprims.supervisor.JobSpec;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListenerDeliveryTests {

	private static final JobSpec SPEC = JobSpec.command("true").build();

	private final ListenerDelivery delivery = new ListenerDelivery();

	@Test
	void nothingIsWaitedForWhereNothingWasStarted() throws Exception {
		assertThat(this.delivery.await(Duration.ofMinutes(5))).isZero();
	}

	@Test
	void everyStartIsFollowedByAnEndOrAFailure() throws Exception {
		this.delivery.starting(SPEC);
		this.delivery.starting(SPEC);
		this.delivery.startFailed(SPEC, new SpawnFailedException("no"));
		FakeJob job = FakeJob.exited("true", 0);
		CompletableFuture<Void> told = CompletableFuture.runAsync(() -> this.delivery.ended(job, job.result()));
		assertThat(this.delivery.await(Duration.ofMinutes(5))).isZero();
		told.join();
	}

	@Test
	void aListenerThatNeverReturnsIsWaitedForNoLongerThanAsked() throws Exception {
		this.delivery.starting(SPEC);
		assertThat(this.delivery.await(Duration.ofMillis(20))).isOne();
		assertThat(this.delivery.await(Duration.ofMillis(-5))).isOne();
	}

}
