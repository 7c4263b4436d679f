package dev.sysprims.tree;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.FoundBy;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often is looked until there is something to tell. */
class SurveyTests {

	private static final Member MEMBER = new Member(new ProcessEntry(new ProcessKey(2, 20), 1, 2, 2, false, "member"),
			FoundBy.GROUP);

	private final Queue<List<Member>> sights = new ArrayDeque<>();

	private int looks;

	/** The number of the last look that misses somebody. */
	private int missing;

	private int lateFrom = Integer.MAX_VALUE;

	private @Nullable List<Member> told;

	private @Nullable SysprimsException failure;

	private void survey() {
		new Survey((seen, blind) -> {
			this.looks++;
			seen.accept(this.sights.isEmpty() ? List.of() : this.sights.remove());
		}, () -> false, () -> this.looks <= this.missing, () -> this.looks >= this.lateFrom,
				(living) -> this.told = living, (reason) -> this.failure = reason)
			.look();
	}

	@Test
	void nobodyIsToldAfterTwoLooksThatMissedNobody() {
		this.missing = 3;
		survey();
		assertThat(this.told).isEmpty();
		assertThat(this.looks).isEqualTo(5);
	}

	@Test
	void whoIsSeenIsToldAtOnce() {
		this.missing = Integer.MAX_VALUE;
		this.sights.add(List.of());
		this.sights.add(List.of(MEMBER));
		survey();
		assertThat(this.told).containsExactly(MEMBER);
		assertThat(this.looks).isEqualTo(2);
	}

	@Test
	void whereSomebodyIsMissedAgainAndAgainItFails() {
		this.missing = Integer.MAX_VALUE;
		survey();
		assertThat(this.told).isNull();
		assertThat(this.failure).hasMessageContaining("come and go faster than it can be seen");
		assertThat(this.looks).isEqualTo(Survey.MOST_LOOKS);
	}

	@Test
	void whenTimeIsUpItFailsAfterTwoLooks() {
		this.missing = Integer.MAX_VALUE;
		this.lateFrom = 1;
		survey();
		assertThat(this.failure).isNotNull();
		assertThat(this.looks).isEqualTo(Survey.MOST_LATE_LOOKS);
	}

	@Test
	void whenTimeIsUpMeanwhileItFailsAtOnce() {
		this.missing = Integer.MAX_VALUE;
		this.lateFrom = 7;
		survey();
		assertThat(this.failure).isNotNull();
		assertThat(this.looks).isEqualTo(7);
	}

	@Test
	void twoLateLooksThatMissedNobodyAreAProof() {
		this.lateFrom = 0;
		survey();
		assertThat(this.told).isEmpty();
		assertThat(this.failure).isNull();
	}

}
