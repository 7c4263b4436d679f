package dev.sysprims.schedule;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every bug that a drawn world has found where the kernel holds nobody, shrunk and named.
 */
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
	void aTableThatOthersReadCountsWhileATreeIsEnded() {
		holds("""
				seed 5417
				0 start-wait 0 0 0
				588 ignore 0 0 0
				1219 terminate 0 170 0
				29719 daemon 0 0 0
				34507 unreadable 0 229 0
				""");
	}

	@Test
	void aSessionNumberThatPassedOnWithinAScanBringsNoStrangerIn() {
		holds("""
				seed 8881
				0 start-leave 0 0 0
				0 fork 0 0 0
				0 fork 0 0 0
				424 ignore 0 0 0
				874 stranger 0 0 0
				994 terminate 0 190 0
				1008 on-term-burst 14 2 0
				2611 fork 0 0 0
				3740 setsid 29 0 0
				7069 take-session-behind 1 87 0
				""");
	}

	@Test
	void aQuestionForTheMembersDoesNotSwallowTheEndOfTheLastLeftover() {
		holds("""
				seed 6713
				0 start-wait 0 0 0
				5382 fork-and-exit 0 0 0
				29122 take-over 0 0 0
				30908 look 0 0 0
				36885 fade 0 0 0
				""");
	}

	@Test
	void zombiesThatTheSurvivorsOfATreeLeaveComeBackAndAreReaped() {
		holds("""
				seed 2
				0 adopt 0 0 0
				0 start-leave 0 0 0
				2729 relay 0 5 0
				32125 fork-and-exit 0 0 0
				32315 take-over 0 0 0
				""");
	}

	@Test
	void whoWasNotSeenBeforeTheLastLookIsKilledBeforeItIsGivenUp() {
		holds("""
				seed 342
				0 start-leave 0 175 78
				0 fork 0 0 0
				88 unreadable 0 226 0
				620 setsid 15 0 0
				""");
	}

	@Test
	void aTreeThatCannotBeLookedOverIsGivenUpWhenTheKillTimeoutIsSpent() {
		holds("""
				seed 4898
				0 start-leave 0 0 0
				2566 unreadable 0 204 0
				39953 fade 0 0 0
				""");
	}

	@Test
	void aParentNumberThatPassedOnWithinAScanBringsNoStrangerIn() {
		holds("""
				seed 25
				0 start-end 0 0 0
				0 fork 0 0 0
				4826 fork-and-exit 0 0 0
				5247 take-session-behind 0 94 0
				16059 exit 0 0 0
				""");
	}

	@Test
	void aSessionThatWasTakenOverWhileItWasReadIsNotEnded() {
		holds("""
				seed 2168
				0 start-wait 0 0 0
				0 fork 0 0 0
				72 on-term-burst 17 4 0
				1256 take-over 0 0 0
				6053 start-leave 0 0 0
				9335 fork-behind 1 0 0
				12151 setsid 0 0 0
				31270 terminate 0 37 0
				33490 fork 0 0 0
				35121 take-session-behind 0 139 0
				""");
	}

	@Test
	void whoseParentCannotBeAskedForIsNotNamedAsAMember() {
		holds("""
				seed 720955
				0 start-leave 0 0 0
				1471 burst 0 4 0
				3660 burst 0 2 0
				6734 take-session-behind 0 86 0
				10713 fork 0 0 0
				13048 look 0 0 0
				13121 unreadable 0 239 1
				""");
	}

	@Test
	void anOlderChildIsNotThatOfWhoTookItsParentsNumber() {
		holds("""
				seed 607425
				0 adopt 0 0 0
				0 start-end 0 0 0
				0 fork 0 0 0
				0 fork 0 0 0
				0 fork 7 0 0
				0 fork 0 0 0
				931 take-over-behind 11 0 77
				977 setsid 8 0 0
				1176 churn 0 53 108
				1561 exit 15 0 0
				""");
	}

	private static void holds(String schedule) {
		assertThat(Shrinker.tryOut(new World(Schedule.parse(schedule)))).isNull();
	}

}
