package dev.sysprims.schedule;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every bug that a drawn world has found where the kernel holds the jobs, shrunk and
 * named.
 */
class HeldWorldsThatOnceBrokeARuleTests {

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
	void whoMovedOutIsKnownFromTheFirstLookForMovers() {
		holds("""
				seed 3263574
				0 contain 0 1 0
				0 start-leave 0 0 0
				763 wipe 0 0 0
				1107 fork-and-exit 0 0 0
				2943 setsid 0 0 0
				6633 close-pipes 0 0 0
				7606 flee-behind 0 0 0
				7630 move-out 0 0 0
				31610 fade 0 0 0
				""");
	}

	@Test
	void whereOneMovedOutTheOthersAreStillHeld() {
		holds("""
				seed 11774248
				0 contain 0 1 0
				0 start-wait 0 0 0
				0 fork 0 0 0
				0 fork 0 0 0
				0 fork 0 0 0
				0 fork 0 0 0
				96 terminate-leader-first 0 242 0
				378 exit 24 0 0
				554 daemon 0 0 0
				724 move-out 7 0 0
				979 churn 0 29 349
				4961 relay 0 4 147
				""");
	}

	@Test
	void whoIsSeenFirstInTheVeryLastLookIsKilledThoughAnotherMayNotBe() {
		holds("""
				seed 12118379
				0 contain 0 1 0
				0 start-wait 0 232 10
				0 fork 0 0 0
				2578 fork 0 0 0
				3481 fork 0 0 0
				4278 without-kill 0 0 0
				15205 unreadable 0 87 0
				15856 exit 18 0 0
				17458 own-group 23 0 0
				17816 daemon 0 0 0
				18243 move-out 22 0 0
				28259 forbid 0 0 0
				28888 terminate 0 58 195
				""");
	}

	private static void holds(String schedule) {
		assertThat(Shrinker.tryOut(new World(Schedule.parse(schedule)))).isNull();
	}

}
