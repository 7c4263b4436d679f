package dev.sysprims.os.posix;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InheritedEnvironmentTests {

	private static final String MARKED = "SYSPRIMS_JOB=m-1";

	@Test
	void itIsTheOneOfThisJvm() {
		assertThat(InheritedEnvironment.read().with(Map.of(), "m-1")).extracting(InheritedEnvironmentTests::text)
			.contains("PATH=" + System.getenv("PATH"));
	}

	@Test
	void whatSystemdToldThisJvmAloneIsLeftOut() {
		assertThat(with(Map.of(), "NOTIFY_SOCKET=/run/x", "WATCHDOG_PID=1", "WATCHDOG_USEC=1", "LISTEN_FDS=1",
				"LISTEN_ANYTHING=1", "LISTENER=stays", "NOTIFY_SOCKETS=stays"))
			.containsExactly("LISTENER=stays", "NOTIFY_SOCKETS=stays", MARKED);
	}

	@Test
	void aValueReplacesEachOfThatNameAndNullRemovesIt() {
		Map<String, String> changes = new HashMap<>();
		changes.put("A", "new");
		changes.put("B", null);
		changes.put("NOT_THERE", null);
		assertThat(with(changes, "A=1", "B=2", "A=3", "AB=4")).containsExactly("AB=4", "A=new", MARKED);
	}

	@Test
	void variablesWithoutAValueOrWithAStrangeNameStay() {
		assertThat(with(Map.of("X", "1"), "NO_VALUE=", "noequals", "=C:=strange", "a=b=c")).containsExactly("NO_VALUE=",
				"noequals", "=C:=strange", "a=b=c", "X=1", MARKED);
	}

	@Test
	void theMarkerIsAppendedToThatOfAnOuterJobAndArrivesOnce() {
		assertThat(with(Map.of(), "SYSPRIMS_JOB=outer-7", "A=1", "SYSPRIMS_JOB=second", "SYSPRIMS_JOBS=stays"))
			.containsExactly("A=1", "SYSPRIMS_JOBS=stays", "SYSPRIMS_JOB=outer-7,m-1");
		assertThat(with(Map.of("A", "2"), "SYSPRIMS_JOB=outer-7", "A=1")).containsExactly("A=2",
				"SYSPRIMS_JOB=outer-7,m-1");
		assertThat(with(Map.of(), "SYSPRIMS_JOB=")).containsExactly(MARKED);
	}

	@Test
	void theMarkerIsAppendedToWhatTheCommandSetsItself() {
		assertThat(with(Map.of("SYSPRIMS_JOB", "ü"), "SYSPRIMS_JOB=outer-7")).containsExactly("SYSPRIMS_JOB=ü,m-1");
		Map<String, String> removed = new HashMap<>();
		removed.put("SYSPRIMS_JOB", null);
		assertThat(with(removed, "SYSPRIMS_JOB=outer-7")).containsExactly(MARKED);
	}

	@Test
	void bytesOfAnOuterMarkerThatAreNoTextStayAsTheyAre() {
		byte[] outer = { 'S', 'Y', 'S', 'P', 'R', 'I', 'M', 'S', '_', 'J', 'O', 'B', '=', (byte) 0xff, (byte) 0x80 };
		List<byte[]> marked = new InheritedEnvironment(List.of(outer)).with(Map.of(), "m");
		assertThat(marked).hasSize(1);
		assertThat(marked.get(0)).startsWith(outer).endsWith(',', 'm').hasSize(outer.length + 2);
	}

	@Test
	void theValueOfAVariableIsWhatComesAfterItsName() {
		List<byte[]> environment = bytes("PATHS=/no", "PATH=/usr/bin:=/bin", "EMPTY=");
		assertThat(InheritedEnvironment.value(environment, "PATH")).asString().isEqualTo("/usr/bin:=/bin");
		assertThat(InheritedEnvironment.value(environment, "EMPTY")).isEmpty();
		assertThat(InheritedEnvironment.value(environment, "NONE")).isNull();
	}

	private static List<String> with(Map<String, String> changes, String... variables) {
		return new InheritedEnvironment(bytes(variables)).with(changes, "m-1")
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
