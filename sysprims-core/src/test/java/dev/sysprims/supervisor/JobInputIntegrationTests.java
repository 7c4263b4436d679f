package dev.sysprims.supervisor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.InputMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** What programs read. */
class JobInputIntegrationTests extends RealJobs {

	@Test
	void thereIsNothingToReadByDefault() throws InterruptedException {
		Job job = this.supervisor.start(JobSpec.command("wc", "-c").build());
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(job.output().stdout().trim()).isEqualTo("0");
		assertThatIOException().isThrownBy(() -> job.stdin().write(1)).withMessageContaining("InputMode.stream()");
	}

	@Test
	void muchInputIsWrittenAsTheProgramReads() throws InterruptedException {
		Job job = this.supervisor
			.start(JobSpec.command("wc", "-c").stdin(InputMode.bytes(new byte[5 * 1024 * 1024])).build());
		job.await();
		assertThat(job.output().stdout().trim()).isEqualTo(Integer.toString(5 * 1024 * 1024));
	}

	@Test
	void aProgramMayCloseItsInputEarly() throws InterruptedException {
		Job job = this.supervisor
			.start(JobSpec.command("head", "-c", "3").stdin(InputMode.text("abc".repeat(1_000_000))).build());
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(job.output().stdout()).isEqualTo("abc");
	}

	@Test
	void aFileCanBeRead() throws Exception {
		Path file = Files.writeString(this.fixture.directory().resolve("in"), "from a file");
		Job job = this.supervisor.start(JobSpec.command("cat").stdin(InputMode.file(file)).build());
		job.await();
		assertThat(job.output().stdout()).isEqualTo("from a file");
	}

	@Test
	void anOpenInputIsWrittenByTheCallerAndItsEndIsTheEndOfFile() throws Exception {
		Job job = this.supervisor.start(JobSpec.command("cat").stdin(InputMode.stream()).build());
		OutputStream stdin = job.stdin();
		stdin.write("one\n".getBytes(StandardCharsets.UTF_8));
		stdin.flush();
		ProcessFixture.awaitTrue(() -> job.output().stdout().equals("one\n"), "not echoed");
		stdin.write("two\n".getBytes(StandardCharsets.UTF_8));
		stdin.close();
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(job.output().stdout()).isEqualTo("one\ntwo\n");
		assertThat(job.toProcess().getOutputStream()).isSameAs(stdin);
	}

	@Test
	void writingToAProgramThatReadsNoMoreIsAnError() throws Exception {
		Job job = this.supervisor
			.start(script("exec <&-; announce it; exec sleep 60").stdin(InputMode.stream()).build());
		this.fixture.await("it");
		assertThatIOException().isThrownBy(() -> writeMuch(job.stdin()));
		job.terminate();
	}

	@Test
	void anEndOfTheJobWakesWhoWrites() {
		Job job = this.supervisor.start(script("announce it; exec sleep 60").stdin(InputMode.stream()).build());
		this.fixture.await("it");
		Interruptible<Void> writer = onAThread(() -> {
			writeMuch(job.stdin());
			return null;
		});
		writer.awaitWaiting();
		job.terminate();
		assertThat(writer.outcome()).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(IOException.class);
	}

	private static void writeMuch(OutputStream stdin) throws IOException {
		for (int i = 0; i < 100; i++) {
			stdin.write(new byte[64 * 1024]);
			stdin.flush();
		}
	}

}
