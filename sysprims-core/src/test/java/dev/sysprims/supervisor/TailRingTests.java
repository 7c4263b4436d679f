package dev.sysprims.supervisor;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TailRingTests {

	@Test
	void keepsEverythingWhileItFits() {
		TailRing ring = new TailRing(10);
		write(ring, "abc");
		write(ring, "defghij");
		assertThat(ring.text()).isEqualTo("abcdefghij");
		assertThat(ring.dropped()).isZero();
	}

	@Test
	void keepsTheLastBytesAndCountsTheRest() {
		TailRing ring = new TailRing(4);
		write(ring, "abc");
		write(ring, "def");
		assertThat(ring.text()).isEqualTo("cdef");
		assertThat(ring.dropped()).isEqualTo(2);
		write(ring, "0123456789");
		assertThat(ring.text()).isEqualTo("6789");
		assertThat(ring.dropped()).isEqualTo(12);
	}

	@Test
	void agreesWithAPlainStringWhateverIsWritten() {
		Random random = new Random(20260704);
		for (int round = 0; round < 500; round++) {
			int size = 1 + random.nextInt(2000);
			TailRing ring = new TailRing(size);
			StringBuilder all = new StringBuilder();
			for (int i = 0; i < 20; i++) {
				String part = Integer.toString(random.nextInt(), 36).repeat(random.nextInt(60));
				if (!part.isEmpty()) {
					all.append(part);
					write(ring, part);
				}
			}
			assertThat(ring.text()).isEqualTo(all.substring(Math.max(0, all.length() - size)));
			assertThat(ring.dropped()).isEqualTo(Math.max(0, all.length() - size));
			ring.end();
			assertThat(ring.text()).isEqualTo(all.substring(Math.max(0, all.length() - size)));
		}
	}

	@Test
	void takesMemoryOnlyForWhatWasWritten() {
		TailRing ring = new TailRing(1 << 30);
		assertThat(ring.capacity()).isZero();
		write(ring, "x".repeat(3000));
		assertThat(ring.capacity()).isBetween(3000, 6000);
		ring.end();
		assertThat(ring.capacity()).isEqualTo(3000);
	}

	@Test
	void neverTakesMoreThanItsSize() {
		TailRing ring = new TailRing(1000);
		for (int i = 0; i < 100; i++) {
			write(ring, "x".repeat(333));
		}
		assertThat(ring.capacity()).isEqualTo(1000);
		assertThat(ring.bytes()).hasSize(1000);
	}

	@Test
	void leavesOutACharacterThatWasCutAtTheFront() {
		TailRing ring = new TailRing(5);
		write(ring, "aaa😀b");
		assertThat(ring.text()).isEqualTo("😀b");
		write(ring, "cd");
		assertThat(ring.bytes()).hasSize(5);
		assertThat(ring.text()).isEqualTo("bcd");
	}

	@Test
	void replacesInvalidBytesAndKeepsThemAsBytes() {
		TailRing ring = new TailRing(10);
		ring.accept(new byte[] { 'a', (byte) 0xff, 'b' }, 0, 3);
		assertThat(ring.text()).isEqualTo("a\ufffdb");
		assertThat(ring.bytes()).containsExactly('a', 0xff, 'b');
	}

	private static void write(TailRing ring, String text) {
		byte[] bytes = ("##" + text).getBytes(StandardCharsets.UTF_8);
		ring.accept(bytes, 2, bytes.length - 2);
	}

}
