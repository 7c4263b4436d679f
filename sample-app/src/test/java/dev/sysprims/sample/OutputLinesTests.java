package dev.sysprims.sample;

import java.nio.charset.StandardCharsets;

import dev.sysprims.supervisor.JobOutput;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutputLinesTests {

	@Test
	void theLastLinesAreKeptInOrder() {
		assertThat(OutputLines.last(new Captured("1\n2\n3\n", 0), 2)).containsExactly("2", "3");
	}

	@Test
	void aLastLineWithoutAnEndCounts() {
		assertThat(OutputLines.last(new Captured("1\n2", 0), 5)).containsExactly("1", "2");
	}

	@Test
	void thePieceOfALineWithWhichAFullTailBeginsIsLeftOut() {
		assertThat(OutputLines.last(new Captured("ne 41\nline 42\n", 7), 5)).containsExactly("line 42");
	}

	@Test
	void progressThatRewritesItsLineCountsAsLines() {
		assertThat(OutputLines.last(new Captured("10 %\r20 %\r", 0), 1)).containsExactly("20 %");
	}

	@Test
	void aLongLineIsCut() {
		assertThat(OutputLines.last(new Captured("x".repeat(5000), 0), 1)).singleElement()
			.asString()
			.hasSize(401)
			.endsWith("…");
	}

	@Test
	void noOutputIsNoLine() {
		assertThat(OutputLines.last(new Captured("", 0), 5)).isEmpty();
	}

	private record Captured(String stdout, long dropped) implements JobOutput {

		@Override
		public String stderr() {
			return "";
		}

		@Override
		public byte[] stdoutBytes() {
			return this.stdout.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public byte[] stderrBytes() {
			return new byte[0];
		}

	}

}
