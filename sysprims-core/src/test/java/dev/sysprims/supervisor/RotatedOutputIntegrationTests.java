package dev.sysprims.supervisor;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.OutputMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A log that is rotated while its program writes, in the two ways of
 * {@code logrotate(8)}: the program holds the file itself, and nobody here can make it
 * open another one.
 */
class RotatedOutputIntegrationTests extends RealJobs {

	@Test
	void aLogThatWasMovedIsWrittenToItsEndUnderItsNewName() throws Exception {
		Path log = this.fixture.directory().resolve("log");
		Path moved = this.fixture.directory().resolve("log.1");
		Job job = start(OutputMode.file(log), 60);
		awaitText(log, "line 5\n");
		Files.move(log, moved);
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		assertThat(Files.readAllLines(moved)).isEqualTo(lines(1, 60));
		assertThat(log).doesNotExist();
	}

	@Test
	void aLogThatIsAppendedToMayBeCopiedAndEmptied() throws Exception {
		Path log = this.fixture.directory().resolve("log");
		Path gate = this.fixture.directory().resolve("gate");
		Job job = this.supervisor.start(script("""
				i=1; while [ $i -le 20 ]; do echo line $i; i=$((i+1)); done
				until [ -e '%s' ]; do sleep 0.02; done
				while [ $i -le 40 ]; do echo line $i; i=$((i+1)); done
				""".formatted(gate)).stdout(OutputMode.appendTo(log)).build());
		awaitText(log, "line 20\n");
		List<String> copied = Files.readAllLines(log);
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
			file.setLength(0);
		}
		Files.createFile(gate);
		assertThat(job.await().outcome()).isEqualTo(JobOutcome.SUCCEEDED);
		// No hole of zeros where the first half was.
		assertThat(Stream.concat(copied.stream(), Files.readAllLines(log).stream()).toList()).isEqualTo(lines(1, 40));
	}

	private Job start(OutputMode mode, int count) {
		return this.supervisor
			.start(script("i=1; while [ $i -le %d ]; do echo line $i; i=$((i+1)); sleep 0.002; done".formatted(count))
				.stdout(mode)
				.build());
	}

	private static List<String> lines(int first, int last) {
		return IntStream.rangeClosed(first, last).mapToObj((number) -> "line " + number).toList();
	}

	private static void awaitText(Path file, String text) {
		ProcessFixture.awaitTrue(() -> read(file).contains(text), "it does not write");
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return "";
		}
	}

}
