package dev.sysprims.process;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.SpawnRequest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What may hold a secret is never in a text that ends in a log. */
class SecretsTests {

	private static final Command COMMAND = Command.of("login", "--password=secret").withEnv("TOKEN", "secret");

	@Test
	void aCommandShowsItsProgramAndTheNamesOfVariables() {
		assertThat(COMMAND.toString()).contains("login", "+1 arguments", "TOKEN").doesNotContain("secret");
	}

	@Test
	void whatHoldsACommandShowsNoMore() {
		ChildInput.Bytes input = new ChildInput.Bytes("secret".getBytes(StandardCharsets.UTF_8));
		assertThat(new SpawnInGroupConfig(COMMAND).toString()).doesNotContain("secret");
		assertThat(new SpawnRequest(COMMAND, input, new ChildOutput.Discard(), new ChildOutput.Discard()).toString())
			.doesNotContain("secret");
	}

	@Test
	void aProcessShowsNeitherArgumentsNorEnvironment() {
		ProcessInfo info = new ProcessInfo(1, null, "login", null, null, null, null, null, null, ProcessState.RUNNING,
				List.of("login", "--password=secret"), Map.of("TOKEN", "secret"), null);
		assertThat(info.toString()).contains("login").doesNotContain("secret", "TOKEN");
	}

	@Test
	void anInputShowsItsSize() {
		assertThat(InputMode.text("secret").toString()).contains("6").doesNotContain("secret");
	}

}
