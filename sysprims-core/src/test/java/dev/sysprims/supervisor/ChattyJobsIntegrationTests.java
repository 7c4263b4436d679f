package dev.sysprims.supervisor;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import dev.sysprims.process.OutputMode;
import dev.sysprims.process.TerminateTreeConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that write as fast as they can, and nobody takes what they write: that does
 * not hold up their end, whatever the mode.
 */
class ChattyJobsIntegrationTests extends RealJobs {

	private static final String CHAT = """
			sh -c '. "$0"; announce member; exec yes member' "$FIXTURE" &
			announce leader
			exec yes leader
			""";

	private final CountDownLatch release = new CountDownLatch(1);

	@AfterEach
	void release() {
		this.release.countDown();
	}

	@ParameterizedTest
	@EnumSource
	void aTreeThatChatsObeysAtOnce(Chat chat) {
		Job job = start(chat, CHAT);
		JobResult result = job.terminate();
		assertThat(result.escalated()).isFalse();
		assertThat(result.elapsed()).isLessThan(LONG.dividedBy(2));
		assertThat(isAlive(this.fixture.await("leader"), this.fixture.await("member"))).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void aTreeThatChatsAndIgnoresTheSignalIsKilledAfterItsGrace(Chat chat) {
		Job job = start(chat, "trap '' TERM\n" + CHAT);
		JobResult result = job.terminate(TerminateTreeConfig.builder().graceTimeout(SHORT).build());
		assertThat(result.escalated()).isTrue();
		assertThat(result.survivors()).isEmpty();
		assertThat(result.elapsed()).isGreaterThanOrEqualTo(SHORT).isLessThan(LONG.dividedBy(2));
		assertThat(isAlive(this.fixture.await("leader"), this.fixture.await("member"))).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void aTimeoutIsKeptThoughTheTreeChats(Chat chat) throws InterruptedException {
		JobResult result = start(chat, CHAT, Duration.ofSeconds(1)).await();
		assertThat(result.outcome()).isEqualTo(JobOutcome.TIMED_OUT);
		assertThat(result.elapsed()).isLessThan(LONG.dividedBy(2));
	}

	private Job start(Chat chat, String script) {
		return start(chat, script, LONG);
	}

	private Job start(Chat chat, String script, Duration timeout) {
		OutputMode mode = switch (chat) {
			case TAIL -> OutputMode.tail(4096);
			case BLOCKED_LINES -> OutputMode.lines((line) -> awaitRelease());
			case UNREAD_STREAM -> OutputMode.stream();
			case DISCARD -> OutputMode.discard();
		};
		Job job = this.supervisor.start(script(script).stdout(mode).stderr(mode).timeout(timeout).build());
		this.fixture.await("leader");
		this.fixture.await("member");
		return job;
	}

	private void awaitRelease() {
		try {
			this.release.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Where it goes. */
	enum Chat {

		TAIL, BLOCKED_LINES, UNREAD_STREAM, DISCARD

	}

}
