package dev.sysprims.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineSplitterTests {

	private final List<String> lines = new ArrayList<>();

	private final LineSplitter splitter = new LineSplitter(this.lines::add);

	@Test
	void cutsAtLineFeedsAndTakesCarriageReturnsOffThere() {
		write("one\ntwo\r\n\n\r\nth\rree\n");
		assertThat(this.lines).containsExactly("one", "two", "", "", "th\rree");
	}

	@Test
	void deliversALastLineWithoutLineEnd() {
		write("one\nla");
		write("st");
		assertThat(this.lines).containsExactly("one");
		this.splitter.end();
		assertThat(this.lines).containsExactly("one", "last");
	}

	@Test
	void deliversNothingMoreWhenTheLastLineWasWhole() {
		write("one\n");
		this.splitter.end();
		assertThat(this.lines).containsExactly("one");
	}

	@Test
	void doesNotDamageCharactersAndLineEndsThatAreSplitOverReads() {
		byte[] bytes = "grüße 😀 €\r\nzweite\r\n".getBytes(StandardCharsets.UTF_8);
		for (byte b : bytes) {
			this.splitter.accept(new byte[] { b }, 0, 1);
		}
		assertThat(this.lines).containsExactly("grüße 😀 €", "zweite");
	}

	@Test
	void replacesInvalidBytes() {
		this.splitter.accept(new byte[] { 'a', (byte) 0xc3, '\n', (byte) 0xff, '\n' }, 0, 5);
		assertThat(this.lines).containsExactly("a\ufffd", "\ufffd");
	}

	@Test
	void keepsALineOfExactlyTheLimitInOnePiece() {
		String longest = "x".repeat(LineSplitter.LONGEST_LINE);
		write(longest + "\n" + longest + "\r\nshort\n");
		assertThat(this.lines).containsExactly(longest, longest, "short");
	}

	@Test
	void deliversALongerLineInPieces() {
		write("x".repeat(LineSplitter.LONGEST_LINE + 5) + "\nnext\n");
		assertThat(this.lines).extracting(String::length).containsExactly(LineSplitter.LONGEST_LINE, 5, 4);
	}

	@Test
	void deliversNoEmptyPieceAtTheEndOfALongLine() {
		write("x".repeat(LineSplitter.LONGEST_LINE));
		write("\r");
		write("y\r\n\n");
		assertThat(this.lines).hasSize(3);
		assertThat(this.lines.get(1)).isEqualTo("\ry");
		assertThat(this.lines.get(2)).isEmpty();
	}

	@Test
	void cutsALongLineBetweenCharacters() {
		String line = "x" + "😀".repeat(LineSplitter.LONGEST_LINE / 4 + 10);
		write(line + "\n");
		assertThat(this.lines).hasSize(2);
		assertThat(String.join("", this.lines)).isEqualTo(line);
	}

	@Test
	void cutsALongLineOfNothingButContinuationBytes() {
		byte[] bytes = new byte[LineSplitter.LONGEST_LINE + 10];
		Arrays.fill(bytes, (byte) 0x80);
		this.splitter.accept(bytes, 0, bytes.length);
		this.splitter.end();
		assertThat(String.join("", this.lines)).hasSize(bytes.length);
	}

	@Test
	void findsTheSameLinesHoweverTheBytesAreCut() {
		Random random = new Random(7);
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < 5000; i++) {
			text.append('a').append(switch (random.nextInt(6)) {
				case 0 -> "\n";
				case 1 -> "\r\n";
				case 2 -> "\r";
				case 3 -> "€";
				default -> "😀ü";
			});
		}
		String normalized = text.append("\nend").toString();
		byte[] bytes = normalized.getBytes(StandardCharsets.UTF_8);
		for (int at = 0; at < bytes.length;) {
			int count = Math.min(1 + random.nextInt(50), bytes.length - at);
			this.splitter.accept(bytes, at, count);
			at += count;
		}
		this.splitter.end();
		assertThat(this.lines).containsExactly(normalized.split("\r?\n", -1));
	}

	private void write(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		this.splitter.accept(bytes, 0, bytes.length);
	}

}
