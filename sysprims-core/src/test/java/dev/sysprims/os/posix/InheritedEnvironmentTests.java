package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InheritedEnvironmentTests {

	@Test
	void itIsTheOneOfThisJvm() {
		assertThat(InheritedEnvironment.read().with(Map.of())).extracting(InheritedEnvironmentTests::text)
			.contains("PATH=" + System.getenv("PATH"));
	}

	@Test
	void whatSystemdToldThisJvmAloneIsLeftOut() {
		assertThat(with(Map.of(), "NOTIFY_SOCKET=/run/x", "WATCHDOG_PID=1", "WATCHDOG_USEC=1", "LISTEN_FDS=1",
				"LISTEN_ANYTHING=1", "LISTENER=stays", "NOTIFY_SOCKETS=stays"))
			.containsExactly("LISTENER=stays", "NOTIFY_SOCKETS=stays");
	}

	@Test
	void aValueReplacesEachOfThatNameAndNullRemovesIt() {
		Map<String, String> changes = new HashMap<>();
		changes.put("A", "new");
		changes.put("B", null);
		changes.put("NOT_THERE", null);
		assertThat(with(changes, "A=1", "B=2", "A=3", "AB=4")).containsExactly("AB=4", "A=new");
	}

	@Test
	void variablesWithoutAValueOrWithAStrangeNameStay() {
		assertThat(with(Map.of("X", "1"), "NO_VALUE=", "noequals", "=C:=strange", "a=b=c")).containsExactly("NO_VALUE=",
				"noequals", "=C:=strange", "a=b=c", "X=1");
	}

	@Test
	void theValueOfAVariableIsWhatComesAfterItsName() {
		List<byte[]> environment = bytes("PATHS=/no", "PATH=/usr/bin:=/bin", "EMPTY=");
		assertThat(InheritedEnvironment.value(environment, "PATH")).asString().isEqualTo("/usr/bin:=/bin");
		assertThat(InheritedEnvironment.value(environment, "EMPTY")).isEmpty();
		assertThat(InheritedEnvironment.value(environment, "NONE")).isNull();
	}

	private static List<String> with(Map<String, String> changes, String... variables) {
		return new InheritedEnvironment(bytes(variables)).with(changes)
			.stream()
			.map(InheritedEnvironmentTests::text)
			.toList();
	}

	private static List<byte[]> bytes(String... variables) {
		return Stream.of(variables).map((variable) -> variable.getBytes(StandardCharsets.UTF_8)).toList();
	}

	private static String text(byte[] variable) {
		return new String(variable, StandardCharsets.UTF_8);
	}

}
