package dev.sysprims.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Makes a schedule that breaks a rule smaller while it breaks the same rule: leaves out
 * halves, then quarters, down to single steps, as long as that helps, then makes numbers
 * 0.
 */
final class Shrinker {

	private final Function<Schedule, @Nullable Violation> trial;

	private final BooleanSupplier outOfTime;

	Shrinker(Function<Schedule, @Nullable Violation> trial, BooleanSupplier outOfTime) {
		this.trial = trial;
		this.outOfTime = outOfTime;
	}

	/** The violation of a world with this schedule, or null. */
	static @Nullable Violation tryOut(World world) {
		try {
			world.run();
			return null;
		}
		catch (Violation ex) {
			return ex;
		}
	}

	Schedule shrink(Schedule failing, Rule rule) {
		Schedule smallest = failing;
		for (boolean smaller = true; smaller && !this.outOfTime.getAsBoolean();) {
			Schedule before = smallest;
			for (int size = Math.max(1, smallest.steps().size() / 2); size > 0; size /= 2) {
				smallest = withoutPartsOf(size, smallest, rule);
			}
			smallest = withZeros(smallest, rule);
			smaller = !smallest.equals(before);
		}
		return smallest;
	}

	private Schedule withoutPartsOf(int size, Schedule schedule, Rule rule) {
		Schedule smallest = schedule;
		for (int from = 0; from < smallest.steps().size();) {
			List<Step> fewer = new ArrayList<>(smallest.steps());
			fewer.subList(from, Math.min(from + size, fewer.size())).clear();
			Optional<Schedule> shorter = breaking(smallest.with(fewer), rule);
			if (shorter.isPresent()) {
				smallest = shorter.get();
			}
			else {
				from += size;
			}
		}
		return smallest;
	}

	private Schedule withZeros(Schedule schedule, Rule rule) {
		Schedule smallest = schedule;
		for (int i = 0; i < smallest.steps().size(); i++) {
			Step step = smallest.steps().get(i);
			for (Step plainer : List.of(new Step(step.at(), step.action(), 0, step.first(), step.second()),
					new Step(step.at(), step.action(), step.actor(), 0, step.second()),
					new Step(step.at(), step.action(), step.actor(), step.first(), 0))) {
				Step now = smallest.steps().get(i);
				if (!plainer.equals(step) && now.equals(step)) {
					List<Step> steps = new ArrayList<>(smallest.steps());
					steps.set(i, plainer);
					smallest = breaking(smallest.with(steps), rule).orElse(smallest);
				}
			}
		}
		return smallest;
	}

	private Optional<Schedule> breaking(Schedule schedule, Rule rule) {
		if (this.outOfTime.getAsBoolean()) {
			return Optional.empty();
		}
		Violation violation = this.trial.apply(schedule);
		return (violation != null && violation.rule() == rule) ? Optional.of(schedule) : Optional.empty();
	}

}
