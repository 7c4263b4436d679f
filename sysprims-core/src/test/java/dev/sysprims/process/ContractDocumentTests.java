package dev.sysprims.process;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract's documents, to the letter, as a mapper writes them that nobody has
 * configured.
 */
class ContractDocumentTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

	private static final ProcessIdentity IDENTITY = new ProcessIdentity("linux", "b-1", 4711, 99, 7L);

	private static final String SCHEMAS = "https://schemas.3leaps.dev/sysprims/process/v1.0.0/";

	private static final String HEAD = ".schema.json\",\"timestamp\":\"2026-03-01T12:00:00.123456Z\","
			+ "\"platform\":\"linux\",\"pid\":4711,";

	@ParameterizedTest
	@EnumSource(PlainMapper.class)
	void processInfoWithEverything(PlainMapper mapper) {
		ProcessInfo info = new ProcessInfo(4711, 1L, "java", "app", 12.5, 2048L, Duration.ofMillis(61_999),
				Instant.ofEpochMilli(1_772_366_400_120L), "/usr/bin/java", ProcessState.SLEEPING,
				List.of("java", "-jar", "a\"b"), Map.of("HOME", "/root"), 3);
		assertThat(mapper.write(info)).isEqualTo("{\"pid\":4711,\"ppid\":1,\"name\":\"java\",\"user\":\"app\","
				+ "\"cpu_percent\":12.5,\"memory_kb\":2048,\"elapsed_seconds\":61,"
				+ "\"start_time_unix_ms\":1772366400120,\"exe_path\":\"/usr/bin/java\",\"state\":\"sleeping\","
				+ "\"cmdline\":[\"java\",\"-jar\",\"a\\\"b\"],\"env\":{\"HOME\":\"/root\"},\"thread_count\":3}");
	}

	@ParameterizedTest
	@EnumSource(PlainMapper.class)
	void processInfoOfWhichNothingIsKnown(PlainMapper mapper) {
		ProcessInfo info = new ProcessInfo(2, null, null, null, null, null, null, null, null, ProcessState.UNKNOWN,
				List.of(), null, null);
		assertThat(mapper.write(info)).isEqualTo("{\"pid\":2,\"state\":\"unknown\",\"cmdline\":[]}");
	}

	@ParameterizedTest
	@EnumSource(PlainMapper.class)
	void spawnInGroupResult(PlainMapper mapper) {
		SpawnInGroupResult result = new SpawnInGroupResult(NOON, "linux", 4711L, TreeKillReliability.BEST_EFFORT,
				List.of("A reason."), IDENTITY);
		assertThat(mapper.write(result)).isEqualTo("{\"schema_id\":\"" + SCHEMAS + "spawn-in-group-result" + HEAD
				+ "\"pgid\":4711,\"tree_kill_reliability\":\"best_effort\",\"warnings\":[\"A reason.\"]}");
		SpawnInGroupResult ungrouped = new SpawnInGroupResult(NOON, "linux", null, TreeKillReliability.GUARANTEED,
				List.of(), IDENTITY);
		assertThat(mapper.write(ungrouped)).isEqualTo("{\"schema_id\":\"" + SCHEMAS + "spawn-in-group-result" + HEAD
				+ "\"tree_kill_reliability\":\"guaranteed\",\"warnings\":[]}");
	}

	@ParameterizedTest
	@EnumSource(PlainMapper.class)
	void waitPidResult(PlainMapper mapper) {
		WaitPidResult exited = new WaitPidResult(NOON, "linux", 4711, true, false, 259, null, List.of());
		assertThat(mapper.write(exited)).isEqualTo("{\"schema_id\":\"" + SCHEMAS + "wait-pid-result" + HEAD
				+ "\"exited\":true,\"timed_out\":false,\"exit_code\":259,\"warnings\":[]}");
		WaitPidResult signalled = new WaitPidResult(NOON, "linux", 4711, true, false, null, Signal.TERM, List.of());
		assertThat(mapper.write(signalled)).isEqualTo("{\"schema_id\":\"" + SCHEMAS + "wait-pid-result" + HEAD
				+ "\"exited\":true,\"timed_out\":false,\"warnings\":[]}");
	}

	@ParameterizedTest
	@EnumSource(PlainMapper.class)
	void terminateTreeResult(PlainMapper mapper) {
		TreeMember member = new TreeMember(IDENTITY, "java", FoundBy.LEADER, true, MemberOutcome.SURVIVED,
				Duration.ofSeconds(1));
		TerminateTreeResult escalated = new TerminateTreeResult(NOON, "linux", 4711, 4711L, Signal.TERM, Signal.KILL,
				false, true, TreeKillReliability.BEST_EFFORT, List.of("Process 4711 survived."), List.of(member),
				Duration.ofSeconds(12));
		assertThat(mapper.write(escalated)).isEqualTo("{\"schema_id\":\"" + SCHEMAS + "terminate-tree-result" + HEAD
				+ "\"pgid\":4711,\"signal_sent\":15,\"kill_signal\":9,\"escalated\":true,\"exited\":false,"
				+ "\"timed_out\":true,\"tree_kill_reliability\":\"best_effort\",\"warnings\":[\"Process 4711 survived.\"]}");
		assertThat(escalated.survivors()).containsExactly(member);
		TerminateTreeResult graceful = new TerminateTreeResult(NOON, "linux", 4711, null, Signal.INT, null, true, false,
				TreeKillReliability.GUARANTEED, List.of(), List.of(), Duration.ZERO);
		assertThat(mapper.write(graceful)).isEqualTo("{\"schema_id\":\"" + SCHEMAS + "terminate-tree-result" + HEAD
				+ "\"signal_sent\":2,\"escalated\":false,\"exited\":true,\"timed_out\":false,"
				+ "\"tree_kill_reliability\":\"guaranteed\",\"warnings\":[]}");
	}

	@ParameterizedTest
	@EnumSource(ErrorKind.class)
	void kindsOfErrorsHaveTheContractsWordsAndNumbers(ErrorKind kind) {
		assertThat(kind.contractName()).isEqualTo(kind.name().toLowerCase());
		assertThat(List.of(1, 2, 3, 4, 5, 6, 7, 8, 99)).element(kind.ordinal()).isEqualTo(kind.code());
	}

	/** A mapper of each major version that nobody has configured. */
	enum PlainMapper {

		JACKSON_2 {
			@Override
			String write(Object value) {
				try {
					return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(value);
				}
				catch (com.fasterxml.jackson.core.JsonProcessingException ex) {
					throw new AssertionError(ex);
				}
			}
		},

		JACKSON_3 {
			@Override
			String write(Object value) {
				return new tools.jackson.databind.ObjectMapper().writeValueAsString(value);
			}
		};

		abstract String write(Object value);

	}

}
