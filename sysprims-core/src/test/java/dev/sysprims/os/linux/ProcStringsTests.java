package dev.sysprims.os.linux;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcStringsTests {

	@Test
	void everyArgumentEndsWithNul() {
		assertThat(cmdline("ls\0-l\0/tmp\0")).containsExactly("ls", "-l", "/tmp");
	}

	@Test
	void emptyArgumentsAreArguments() {
		assertThat(cmdline("grep\0\0file\0")).containsExactly("grep", "", "file");
		assertThat(cmdline("true\0\0\0")).containsExactly("true", "", "");
	}

	@Test
	void noCommandLine() {
		assertThat(cmdline("")).isEmpty();
	}

	@Test
	void aTitleWithoutNulIsOneText() {
		assertThat(cmdline("sshd: root@pts/0")).containsExactly("sshd: root@pts/0");
	}

	@Test
	void aTitlePaddedWithNulIsOneText() {
		assertThat(cmdline("nginx: worker process\0\0\0\0\0\0")).containsExactly("nginx: worker process");
	}

	@Test
	void aProgramWithASpaceInItsNameKeepsItsArguments() {
		assertThat(cmdline("my prog\0a\0")).containsExactly("my prog", "a");
	}

	@Test
	void argumentsWithLineFeedsAndBytesThatAreNoUtf8() {
		assertThat(ProcStrings.cmdline(new byte[] { 'a', '\n', 0, (byte) 0xff, (byte) 0xc3, (byte) 0xa9, 0 }))
			.containsExactly("a\n", "\ufffd\u00e9");
	}

	@Test
	void variablesOfTheEnvironment() {
		assertThat(environment("A=1\0B=a=b\0EMPTY=\0my.prop=x\0"))
			.isEqualTo(Map.of("A", "1", "B", "a=b", "EMPTY", "", "my.prop", "x"));
	}

	@Test
	void entriesWithoutANameOrAnEqualsSignAreNoVariables() {
		assertThat(environment("A=1\0nonsense\0=x\0\0B=2")).isEqualTo(Map.of("A", "1", "B", "2"));
	}

	@Test
	void theFirstOfTwoVariablesOfOneNameCounts() {
		assertThat(environment("A=1\0A=2\0")).isEqualTo(Map.of("A", "1"));
	}

	@Test
	void randomBytesAreReadWithoutComplaint() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 5_000; i++) {
			byte[] content = new byte[random.nextInt(60)];
			random.nextBytes(content);
			for (int nul = random.nextInt(8); nul > 0 && content.length > 0; nul--) {
				content[random.nextInt(content.length)] = (byte) (random.nextBoolean() ? 0 : '=');
			}
			int strings = ProcStrings.cmdline(content).size();
			assertThat(strings).as("seed %s, round %s", seed, i).isLessThanOrEqualTo(content.length);
			assertThat(ProcStrings.environment(content)).as("seed %s, round %s", seed, i).doesNotContainKey("");
		}
	}

	@Test
	void theFirstOfTwoValuesCountsAndANameIsAWholeName() {
		assertThat(value("XJOB=0\0JOBS=0\0JOB\0JOB=1,2\0JOB=3\0")).isEqualTo("1,2");
		assertThat(value("A=1\0JOB=")).isEmpty();
		assertThat(value("A=JOB=1\0")).isNull();
		assertThat(value("JOB")).isNull();
		assertThat(value("")).isNull();
	}

	@Test
	void aValueEndsWithTheContentWhereNoNulDoesEndIt() {
		assertThat(value("JOB=1")).isEqualTo("1");
		assertThat(ProcStrings.value(new byte[] { 'J', 'O', 'B', '=', (byte) 0xff, 0 }, "JOB")).isEqualTo("\uFFFD");
	}

	private static String value(String content) {
		return ProcStrings.value(content.getBytes(StandardCharsets.UTF_8), "JOB");
	}

	private static List<String> cmdline(String content) {
		return ProcStrings.cmdline(content.getBytes(StandardCharsets.UTF_8));
	}

	private static Map<String, String> environment(String content) {
		return ProcStrings.environment(content.getBytes(StandardCharsets.UTF_8));
	}

}
