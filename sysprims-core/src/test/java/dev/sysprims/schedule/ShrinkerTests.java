package dev.sysprims.schedule;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

import dev.sysprims.os.OperatingSystem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** What is broken on purpose is found, and told in few steps. */
class ShrinkerTests {

	@Test
	void whatDoesNotMatterIsLeftOut() {
		Schedule schedule = Schedule.draw(1)
			.with(LongStream.range(0, 400)
				.mapToObj((i) -> new Step((int) i, (i % 100 == 7) ? Action.SETSID : Action.FORK, (int) i, 0, 0))
				.toList());
		Shrinker shrinker = new Shrinker((shorter) -> {
			List<Step> sessions = shorter.steps().stream().filter((step) -> step.action() == Action.SETSID).toList();
			return (sessions.size() >= 2) ? new Violation(Rule.NO_LEAK, "two sessions") : null;
		}, () -> false);
		assertThat(shrinker.shrink(schedule, Rule.NO_LEAK).steps()).hasSize(2)
			.allMatch((step) -> step.action() == Action.SETSID && step.actor() == 0);
	}

	@Test
	void shrinkingStopsWhenItsTimeIsOver() {
		Schedule schedule = Schedule.draw(2);
		Shrinker shrinker = new Shrinker((shorter) -> new Violation(Rule.NO_LEAK, "always"), () -> true);
		assertThat(shrinker.shrink(schedule, Rule.NO_LEAK)).isEqualTo(schedule);
	}

	@Test
	void aSignalToWhoeverHasTheNumberIsFoundAndToldInFewSteps() {
		Schedule smallest = findAndShrink(Flaws::signalsWhoeverHasTheNumber, Rule.NOBODY_ELSE);
		assertThat(smallest.steps()).hasSizeLessThan(14);
	}

	@Test
	void aTreeThatIsCalledEmptyAfterOneScanIsFoundAndToldInFewSteps() {
		Schedule smallest = findAndShrink(Flaws::looksOnlyOnce, Rule.EMPTY_IS_EMPTY);
		assertThat(smallest.steps()).hasSizeLessThan(8);
	}

	@Test
	void aTimerThatNeverComesIsFoundAndToldInFewSteps() {
		Schedule smallest = findAndShrink(Flaws::timersNeverCome, Rule.WITHIN_BUDGET);
		assertThat(smallest.steps()).hasSizeLessThan(8);
	}

	@Test
	void aScheduleIsReadAsItWasWritten() {
		LongStream.range(0, 100)
			.mapToObj(Schedule::draw)
			.forEach((schedule) -> assertThat(Schedule.parse(schedule.toString())).isEqualTo(schedule));
		assertThatIllegalArgumentException().isThrownBy(() -> Schedule.parse("0 fork 0 0 0"))
			.withMessageContaining("begins with");
		assertThatIllegalArgumentException().isThrownBy(() -> Schedule.parse("seed 1\n0 fork"))
			.withMessageContaining("A step is");
	}

	/**
	 * The smallest schedule found, which breaks the rule with the flaw, also when it was
	 * written and read again, and keeps all rules without it.
	 */
	private static Schedule findAndShrink(UnaryOperator<OperatingSystem> flaw, Rule rule) {
		Schedule failing = LongStream.range(0, 20_000)
			.mapToObj(Schedule::draw)
			.filter((schedule) -> breaks(schedule, flaw, rule))
			.findFirst()
			.orElseThrow(() -> new AssertionError("The flaw was not found"));
		Schedule smallest = new Shrinker((schedule) -> tryOut(schedule, flaw), () -> false).shrink(failing, rule);
		assertThat(smallest.steps()).hasSizeLessThanOrEqualTo(failing.steps().size());
		assertThat(breaks(Schedule.parse(smallest.toString()), flaw, rule)).isTrue();
		assertThat(Shrinker.tryOut(new World(smallest))).as("without the flaw: %s", smallest).isNull();
		return smallest;
	}

	private static boolean breaks(Schedule schedule, UnaryOperator<OperatingSystem> flaw, Rule rule) {
		Violation violation = tryOut(schedule, flaw);
		return violation != null && Objects.equals(violation.rule(), rule);
	}

	private static @Nullable Violation tryOut(Schedule schedule, UnaryOperator<OperatingSystem> flaw) {
		return Shrinker.tryOut(new World(schedule, flaw));
	}

}
