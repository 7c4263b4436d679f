package dev.sysprims.process;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProcessIdentityTests {

	private static final String BOOT = "fcaa4666-b243-4c31-8e07-490a62e3ecba";

	private static final ProcessIdentity FULL = new ProcessIdentity("linux", BOOT, 4711, 196_263, 98_765L);

	@Test
	void theStoredFormIsStable() {
		assertThat(FULL).hasToString("sysprims1:linux:" + BOOT + ":4711:196263:98765");
		assertThat(new ProcessIdentity("jdk", "-", 1, 0, null)).hasToString("sysprims1:jdk:-:1:0");
	}

	@Test
	void whatWasStoredIsReadBack() {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int i = 0; i < 1000; i++) {
			ProcessIdentity identity = new ProcessIdentity("linux", BOOT, 1 + random.nextInt(Integer.MAX_VALUE - 1),
					random.nextLong() & Long.MAX_VALUE,
					random.nextBoolean() ? random.nextLong() & Long.MAX_VALUE : null);
			assertThat(ProcessIdentity.parse(identity.toString())).as("seed " + seed).isEqualTo(identity);
		}
		ProcessIdentity largest = new ProcessIdentity("linux", BOOT, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
		assertThat(ProcessIdentity.parse(largest.toString())).isEqualTo(largest);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "4711", "sysprims1", "sysprims1:linux:b:1", "sysprims2:linux:b:1:2",
			"sysprims1:linux:b:1:2:3:4", "sysprims1:linux:b:-1:2", "sysprims1:linux:b:0:2", "sysprims1:LINUX:b:1:2",
			"sysprims1:linux::1:2", "sysprims1::b:1:2", "sysprims1:linux:b:1:", "sysprims1:linux:b:1:2:",
			"sysprims1:linux:b:2147483648:2", "sysprims1:linux:b:9999999999:2",
			"sysprims1:linux:b:1:9223372036854775808", " sysprims1:linux:b:1:2", "sysprims1:linux:b:1:2\n",
			"sysprims1:linux:b b:1:2", "sysprims1:linux:b:\u0661:2" })
	void otherTextsAreRefused(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> ProcessIdentity.parse(text));
	}

	@Test
	void componentsOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("li:nux", BOOT, 1, 1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("linux", "a:b", 1, 1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("linux", BOOT, 0, 1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("linux", BOOT, -1, 1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("linux", BOOT, 1L << 31, 1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("linux", BOOT, 1, -1, null));
		assertThatIllegalArgumentException().isThrownBy(() -> new ProcessIdentity("linux", BOOT, 1, 1, -1L));
	}

	@Test
	void theSameProcessIsTheSameThoughOneOfThemLacksTheInode() {
		ProcessIdentity without = new ProcessIdentity("linux", BOOT, 4711, 196_263, null);
		assertThat(FULL.compareWith(FULL)).isEqualTo(IdentityCheck.SAME);
		assertThat(FULL.compareWith(without)).isEqualTo(IdentityCheck.SAME);
		assertThat(without.compareWith(FULL)).isEqualTo(IdentityCheck.SAME);
	}

	@Test
	void anyOtherComponentMakesItAnotherProcess() {
		assertThat(FULL.compareWith(new ProcessIdentity("linux", "other", 4711, 196_263, 98_765L)))
			.isEqualTo(IdentityCheck.REUSED);
		assertThat(FULL.compareWith(new ProcessIdentity("linux", BOOT, 4711, 196_264, 98_765L)))
			.isEqualTo(IdentityCheck.REUSED);
		assertThat(FULL.compareWith(new ProcessIdentity("linux", BOOT, 4711, 196_263, 1L)))
			.isEqualTo(IdentityCheck.REUSED);
	}

	@Test
	void anotherSystemsTermsCannotBeCompared() {
		assertThat(FULL.compareWith(new ProcessIdentity("jdk", "-", 4711, 196_263, null)))
			.isEqualTo(IdentityCheck.UNKNOWN);
	}

}
