package dev.sysprims.schedule;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every bug that a drawn world has found, shrunk and named. */
class WorldsThatOnceBrokeARuleTests {

	@Test
	void aZombieStillLeadsToTheSessionThatItWasIn() {
		holds("""
				seed 21420
				0 start-wait 0 0 5
				353 daemon 0 0 0
				392 look 0 0 0
				748 flee-behind 29 0 0
				861 look 0 0 0
				""");
	}

	@Test
	void aMemberOfATreeThatCouldNoLongerBeSeenIsNamed() {
		holds("""
				seed 83915
				0 start-wait 0 0 0
				0 fork 0 0 0
				1161 exit 0 0 0
				1300 fork-behind 0 0 0
				9506 look 0 0 0
				26968 unreadable 0 89 0
				35884 relay 0 5 0
				37873 stop 0 0 0
				""");
	}

	@Test
	void aSessionLosesNobodyWhenItsMakerIsGoneAndTheLastKnownMemberLeavesIt() {
		holds("""
				seed 196946
				0 start-leave 0 0 0
				0 fork 0 0 0
				0 fork 0 0 0
				324 look 0 0 0
				602 on-term-exit-later 4 383 0
				1061 terminate 0 288 190
				5648 setsid 0 0 0
				9916 look 0 0 0
				27240 cut-grace 0 0 0
				27856 fork 0 0 0
				30568 forbid 0 0 0
				31099 burst 0 4 0
				31868 fork 0 0 0
				33355 fork 8 0 0
				35644 fork 0 0 0
				36966 exit 26 0 0
				37678 setsid 0 0 0
				""");
	}

	@Test
	void aLookThatWasOnItsWayWhenTheTreeWasEndedDoesNotChangeTheReport() {
		holds("""
				seed 40169
				0 contain 0 1 0
				0 start-leave 0 0 0
				94 start-end 0 0 0
				145 exit 0 0 0
				18404 start-end 0 0 0
				19159 exit 0 0 0
				20474 start-end 0 0 0
				20824 flee-behind 0 0 0
				25074 move-out 0 0 0
				26169 take-over 13 1 0
				35814 exit 0 0 0
				37393 flee-behind 25 0 0
				""");
	}

	private static void holds(String schedule) {
		assertThat(Shrinker.tryOut(new World(Schedule.parse(schedule)))).isNull();
	}

}
