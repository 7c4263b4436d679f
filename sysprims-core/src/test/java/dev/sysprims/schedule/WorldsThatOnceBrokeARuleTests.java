package dev.sysprims.schedule;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Every bug that a drawn world has found, shrunk and named. */
class WorldsThatOnceBrokeARuleTests {

	@Test
	void whoWasSeenOutsideCountsForAnEndingThatCannotLook() {
		holds("""
				seed 22325
				0 contain 0 1 0
				0 start-wait 0 0 0
				929 move-out 0 0 0
				2011 fork-and-exit 0 0 0
				4414 unreadable 0 38 0
				13623 time-out 0 0 0
				""");
	}

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

	@Test
	void aLeaderThatMovedOutOfItsContainerIsAliveWhereNothingCanBeSeen() {
		holds("""
				seed 1627
				0 contain 0 1 0
				0 adopt 0 0 0
				0 start-wait 0 0 0
				361 move-out 0 0 0
				14889 unreadable 0 225 0
				""");
	}

	@Test
	void whoMovedOutOfAContainerIsSeenWhereATableIsReadForZombies() {
		holds("""
				seed 3795
				0 contain 0 1 0
				0 adopt 0 0 0
				0 start-end 0 0 0
				391 move-out 0 0 0
				921 flee-behind 0 0 0
				""");
	}

	@Test
	void aLeftoverThatMovedOutOfItsContainerHasNotEnded() {
		holds("""
				seed 19515
				0 contain 0 1 0
				0 start-wait 0 0 0
				0 fork 0 0 0
				0 fork 0 0 0
				1261 hold 14 0 0
				10647 fork-and-exit 0 0 0
				11181 take-over 0 0 0
				21400 move-out 0 0 0
				39334 look 0 0 0
				""");
	}

	@Test
	void whoWasSeenOutsideOnceCountsWhereTheSecondLookFails() {
		holds("""
				seed 178450
				0 contain 0 1 0
				0 start-leave 0 0 0
				765 fork-and-exit 0 0 0
				789 move-out 0 0 0
				1391 terminate-leader-first 0 0 0
				4589 unreadable 0 245 0
				""");
	}

	@Test
	void whoDiedWhileItsLineWasReadHasNotMovedOut() {
		holds("""
				seed 9784
				0 contain 0 1 0
				0 start-leave 0 217 0
				0 fork 0 0 0
				1326 adopt 0 0 0
				1799 fork-and-exit 0 0 0
				2420 churn 0 6 438
				2552 burst 0 4 0
				7541 churn 0 57 398
				11538 terminate 0 213 0
				""");
	}

	@Test
	void anOldLookSaysOfNobodyThatItIsNotThere() {
		holds("""
				seed 904
				0 contain 0 1 0
				0 start-wait 0 223 0
				0 fork 0 0 0
				1313 adopt 0 0 0
				17480 fork 0 0 0
				23467 start-leave 0 0 0
				25731 fork-and-exit 0 0 0
				33543 exit 0 0 0
				33881 fork 0 0 0
				33894 look 0 0 0
				34494 take-over 0 2 0
				34507 unreadable 0 74 0
				34675 setsid 20 0 0
				""");
	}

	@Test
	void aTreeWhoseLastMembersEndAtTheLastLookSaysWhyNobodyIsNamed() {
		holds("""
				seed 175
				0 contain 0 1 0
				0 start-leave 0 0 0
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
	void aZombieIsReapedWithTheSessionThatLedToIt() {
		holds("""
				seed 82
				0 contain 0 1 0
				0 start-end 0 0 59
				870 adopt 0 0 0
				1678 daemon 0 0 0
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
	void whoHasLeftTheContainerIsNotTakenAsKilledWithIt() {
		holds("""
				seed 9320
				0 contain 0 1 0
				0 start-wait 0 0 0
				506 on-term-exit-later 0 180 0
				1512 terminate 0 134 0
				35012 move-out 0 0 0
				""");
	}

	@Test
	void whoEndedBeforeTheSecondLookIsNoSurvivorOfAnEmptyTree() {
		holds("""
				seed 189865
				0 contain 0 1 0
				0 start-wait 0 0 0
				1421 move-out 0 0 0
				6125 terminate 0 0 0
				7749 burst 0 6 0
				12791 take-session-behind 0 58 0
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
	void whoMayHaveLeftItsContainerUnseenIsKilledByItself() {
		holds("""
				seed 765218
				0 contain 0 1 0
				0 start-wait 0 156 0
				0 fork 0 0 0
				78 terminate-leader-first 0 199 0
				674 unreadable 0 195 1
				1570 on-term-exit-later 9 258 0
				1737 move-out 3 0 0
				""");
	}

	@Test
	void aKnownMoverThatCannotBeLookedForIsNotForgotten() {
		holds("""
				seed 800502
				0 contain 0 1 0
				0 adopt 0 0 0
				0 start-leave 0 0 0
				13 move-out 0 0 0
				110 fork 0 0 0
				360 terminate 0 0 0
				944 fork 0 0 0
				1461 take-over 0 0 0
				1689 exit 0 0 0
				6838 unreadable 0 92 0
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
