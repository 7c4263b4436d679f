package dev.sysprims.boot.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JobNamesTests {

	@Test
	void theFirstNamesKeepTheirsAndLaterOnesAreOther() {
		JobNames names = new JobNames(2);
		assertThat(names.tagFor("transcode")).isEqualTo("transcode");
		assertThat(names.tagFor("convert")).isEqualTo("convert");
		assertThat(names.tagFor("backup")).isEqualTo("other");
		assertThat(names.tagFor("transcode")).isEqualTo("transcode");
	}

	@Test
	void aLimitOfZeroLeavesOnlyOther() {
		assertThat(new JobNames(0).tagFor("transcode")).isEqualTo("other");
	}

	@Test
	void theLimitHoldsWhenManyThreadsBringNewNames() {
		JobNames names = new JobNames(10);
		Set<String> tags = ConcurrentHashMap.newKeySet();
		IntStream.range(0, 5000).parallel().forEach((i) -> tags.add(names.tagFor("job-" + i)));
		assertThat(tags).hasSize(11).contains("other");
	}

}
