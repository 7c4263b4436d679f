package dev.sysprims.os.jdk;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class StatusFileTests {

	@ParameterizedTest
	@CsvSource({ "R (running),1,false", "S (sleeping),12,false", "Z (zombie),1,true", "Z (zombie),2,false",
			"X (dead),0,true" })
	void aZombieIsOneOnlyWhenNoThreadIsLeft(String state, String threads, boolean zombie) {
		String text = "Name:\tsh\nState:\t" + state + "\nTgid:\t7\nPid:\t7\nThreads:\t" + threads + "\n";
		assertThat(StatusFile.parse(7, text)).isEqualTo(new StatusFile(zombie, false));
	}

	@Test
	void theNumberOfAThread() {
		assertThat(StatusFile.parse(8, "State:\tS\nTgid:\t7\nPid:\t8\nThreads:\t2\n"))
			.isEqualTo(new StatusFile(false, true));
	}

	@Test
	void aTextThatSaysNothing() {
		assertThat(StatusFile.parse(8, "")).isEqualTo(new StatusFile(false, false));
		assertThat(StatusFile.of(4_194_305)).isEqualTo(new StatusFile(false, false));
	}

}
