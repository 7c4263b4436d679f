package dev.sysprims.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

class CommandTests {

	@Test
	void aCommandNeedsAProgram() {
		assertThatIllegalArgumentException().isThrownBy(Command::of);
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of(""));
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of("", "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> SpawnInGroupConfig.command(List.of()));
		assertThatNullPointerException().isThrownBy(() -> Command.of("x", null));
	}

	@Test
	void emptyArgumentsAreArguments() {
		assertThat(Command.of("x", "", " ").argv()).containsExactly("x", "", " ");
	}

	@Test
	void aNulAnywhereIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a\0b")).withMessageContaining("argument 0");
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a", "b", "c\0"))
			.withMessageContaining("argument 2 of 'a'");
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a").withArguments(List.of("\0")));
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a").withEnv("A\0", "b"));
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a").withEnv("A", "secret\0"))
			.withMessageContaining("'A'")
			.withMessageNotContaining("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "=", "A=", "=A", "A=B" })
	void aVariablesNameIsNotEmptyAndHasNoEqualsSign(String name) {
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a").withEnv(name, "x"));
		assertThatIllegalArgumentException().isThrownBy(() -> Command.of("a").withEnv(name, null));
	}

	@Test
	void namesThatNoShellTakesAreNames() {
		Command command = Command.of("a")
			.withEnv("spring.datasource.url", "x")
			.withEnv("with-dash", "")
			.withEnv("9", "=");
		assertThat(command.env()).containsOnly(Map.entry("spring.datasource.url", "x"), Map.entry("with-dash", ""),
				Map.entry("9", "="));
	}

	@Test
	void aCommandNeverChanges() {
		List<String> argv = new ArrayList<>(List.of("a", "b"));
		Map<String, String> env = new HashMap<>(Map.of("A", "1"));
		Command command = new Command(argv, Path.of("/"), env);
		argv.set(0, "");
		env.clear();
		assertThat(command).isEqualTo(new Command(List.of("a", "b"), Path.of("/"), Map.of("A", "1")));
		command.withCwd(null).withEnv("B", null).withArguments(List.of("c"));
		assertThat(command.argv()).containsExactly("a", "b");
		assertThat(command.env()).containsOnlyKeys("A");
		assertThat(command.cwd()).isEqualTo(Path.of("/"));
	}

	@Test
	void aVariableIsSetRemovedOrInherited() {
		SpawnInGroupConfig config = SpawnInGroupConfig.command("a", "b")
			.cwd(Path.of("/tmp"))
			.env("A", "1")
			.removeEnv("B")
			.build();
		assertThat(config.argv()).containsExactly("a", "b");
		assertThat(config.cwd()).isEqualTo(Path.of("/tmp"));
		assertThat(config.env()).hasSize(2).containsEntry("A", "1").containsEntry("B", null);
	}

}
