package dev.sysprims.process;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProcessFilterTests {

	private static final ProcessInfo KNOWN = new ProcessInfo(7, 1L, "java", "app", 50.0, 2048L, Duration.ofMinutes(1),
			Instant.EPOCH, "/usr/bin/java", ProcessState.SLEEPING, List.of("java"), null, null);

	private static final ProcessInfo UNKNOWN = new ProcessInfo(8, null, null, null, null, null, null, null, null,
			ProcessState.UNKNOWN, List.of(), null, null);

	@Test
	void withoutConditionsEverythingMatches() {
		assertThat(ProcessFilter.all().matches(KNOWN)).isTrue();
		assertThat(ProcessFilter.all().matches(UNKNOWN)).isTrue();
		assertThat(ProcessFilter.all().pids()).isNull();
		assertThat(ProcessFilter.all().includesEnv() || ProcessFilter.all().includesThreadCount()).isFalse();
	}

	@Test
	void eachConditionKeepsOrRefuses() {
		keeps(where().pidIn(Set.of(7L, 9L)));
		refuses(where().pidIn(Set.of(9L)));
		keeps(where().ppid(1));
		refuses(where().ppid(2));
		keeps(where().stateIn(EnumSet.of(ProcessState.SLEEPING, ProcessState.ZOMBIE)));
		refuses(where().stateIn(Set.of(ProcessState.RUNNING)));
		keeps(where().nameEquals("java"));
		refuses(where().nameEquals("Java"));
		keeps(where().nameContains("av"));
		refuses(where().nameContains("AV"));
		keeps(where().userEquals("app"));
		refuses(where().userEquals("root"));
		keeps(where().cpuAbove(49.9));
		refuses(where().cpuAbove(50));
		keeps(where().memoryAboveKb(2047));
		refuses(where().memoryAboveKb(2048));
		keeps(where().runningForAtLeast(Duration.ofMinutes(1)));
		refuses(where().runningForAtLeast(Duration.ofMinutes(1).plusNanos(1)));
	}

	@Test
	void allConditionsMustHold() {
		keeps(where().nameEquals("java").userEquals("app"));
		refuses(where().nameEquals("java").userEquals("root"));
	}

	@Test
	void whatIsUnknownMatchesNoConditionOnIt() {
		for (ProcessFilter.Builder condition : List.of(where().ppid(0), where().nameEquals(""),
				where().nameContains(""), where().userEquals(""), where().cpuAbove(0), where().memoryAboveKb(0),
				where().runningForAtLeast(Duration.ZERO))) {
			assertThat(condition.build().matches(UNKNOWN)).isFalse();
		}
	}

	@Test
	void aFilterNeverChanges() {
		Set<Long> pids = new HashSet<>(Set.of(7L));
		ProcessFilter.Builder builder = where().pidIn(pids);
		ProcessFilter filter = builder.build();
		pids.clear();
		builder.nameEquals("other").includeEnv().includeThreadCount();
		assertThat(filter.matches(KNOWN)).isTrue();
		assertThat(filter.includesEnv() || filter.includesThreadCount()).isFalse();
		assertThat(builder.build().includesEnv() && builder.build().includesThreadCount()).isTrue();
	}

	@Test
	void conditionsOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> where().cpuAbove(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> where().cpuAbove(100.1));
		assertThatIllegalArgumentException().isThrownBy(() -> where().cpuAbove(Double.NaN));
		assertThatIllegalArgumentException().isThrownBy(() -> where().memoryAboveKb(-1));
		assertThatIllegalArgumentException().isThrownBy(() -> where().runningForAtLeast(Duration.ofNanos(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> where().stateIn(Set.of()));
	}

	private static ProcessFilter.Builder where() {
		return ProcessFilter.builder();
	}

	private static void keeps(ProcessFilter.Builder condition) {
		assertThat(condition.build().matches(KNOWN)).isTrue();
	}

	private static void refuses(ProcessFilter.Builder condition) {
		assertThat(condition.build().matches(KNOWN)).isFalse();
	}

}
