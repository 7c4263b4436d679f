package dev.sysprims.os.linux;

import java.nio.charset.StandardCharsets;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcStatusTests {

	private static final String CAPTURED = """
			Name:	cat
			Umask:	0022
			State:	R (running)
			Tgid:	9676
			Ngid:	0
			Pid:	9677
			PPid:	9672
			TracerPid:	0
			Uid:	1000	1001	1002	1003
			Gid:	0	0	0	0
			FDSize:	256
			Groups:	\s
			Kthread:	0
			VmPeak:	    3060 kB
			VmHWM:	    1617 kB
			VmRSS:	    1616 kB
			Threads:	12
			SigQ:	0/96365
			""";

	@Test
	void theEffectiveUserTheProcessAndItsSize() {
		assertThat(ProcStatus.parse(CAPTURED)).isEqualTo(new ProcStatus(9676L, 1001L, 1616L, 12));
	}

	@Test
	void aZombieHasNoMemoryLines() {
		String zombie = "Name:\tsh\nState:\tZ (zombie)\nTgid:\t7\nPid:\t7\nUid:\t0\t0\t0\t0\nThreads:\t1\n";
		assertThat(ProcStatus.parse(zombie)).isEqualTo(new ProcStatus(7L, 0L, null, 1));
	}

	@Test
	void aNameCannotPretendToBeAnotherLine() {
		// The kernel writes a line feed in a name as a backslash and an n.
		ProcStatus status = ProcStatus.parse("Name:\ta\\nTgid:\t1\nTgid:\t9676\n");
		assertThat(status.processId()).isEqualTo(9676);
	}

	@Test
	void whatIsMissingOrNoNumberIsNull() {
		ProcStatus nothing = new ProcStatus(null, null, null, null);
		assertThat(ProcStatus.parse("")).isEqualTo(nothing);
		assertThat(ProcStatus.parse("Tgid\nUid:\t1\nVmRSS:\t\nThreads:\t-1\n:\n")).isEqualTo(nothing);
		assertThat(ProcStatus.parse("Tgid:\t99999999999999999999\nThreads:\t4294967296\n")).isEqualTo(nothing);
	}

	@Test
	void randomBytesAreReadWithoutComplaint() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		byte[] captured = CAPTURED.getBytes(StandardCharsets.ISO_8859_1);
		for (int i = 0; i < 5_000; i++) {
			byte[] text = captured.clone();
			for (int change = random.nextInt(40); change >= 0; change--) {
				text[random.nextInt(text.length)] = (byte) random.nextInt(256);
			}
			ProcStatus status = ProcStatus
				.parse(new String(text, 0, random.nextInt(text.length), StandardCharsets.UTF_8));
			assertThat(status.threads() == null || status.threads() >= 0).as("seed %s, round %s", seed, i).isTrue();
		}
	}

}
