package dev.sysprims.process;

import java.io.IOException;

import dev.sysprims.fixture.ChildJvm;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WithoutJacksonTests {

	@Test
	void theValuesNeedNoJacksonAtRunTime() throws IOException, InterruptedException {
		String said = new ChildJvm().withClassPath((entry) -> !entry.contains("jackson")).run(WithoutJackson.class);
		assertThat(said.lines()).containsExactly("no Jackson", "ProcessInfo 0 1 true false",
				"SpawnInGroupResult 0 1 true false", "WaitPidResult 0 1 true false",
				"TerminateTreeResult 0 1 true false");
	}

}
