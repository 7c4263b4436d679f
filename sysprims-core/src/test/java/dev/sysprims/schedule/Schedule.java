package dev.sysprims.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * What happens in a world, fixed before it begins. The seed also decides how long a
 * signal, an exit or the reading of a line takes, so the same schedule has the same
 * outcome on every machine.
 *
 * @param seed of the draw and of all that takes time in the world
 * @param steps in order of their time
 */
record Schedule(long seed, List<Step> steps) {

	private static final int MICROS = 40_000;

	private static final String HEAD = "seed ";

	Schedule {
		steps = List.copyOf(steps);
	}

	static Schedule draw(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		List<Step> steps = new ArrayList<>();
		if (random.nextInt(3) == 0) {
			steps.add(new Step(0, Action.CONTAIN, 0, 1, 0));
		}
		if (random.nextInt(6) == 0) {
			steps.add(new Step(0, Action.ADOPT, 0, 0, 0));
		}
		steps.add(drawn(random, 0, Action.values()[random.nextInt(Action.START_LEAVE.ordinal() + 1)]));
		for (int i = random.nextInt(5); i > 0; i--) {
			steps.add(drawn(random, 0, Action.FORK));
		}
		for (int i = 4 + random.nextInt(28); i > 0; i--) {
			// Half of them come close upon another one: races are made of such.
			int at = random.nextBoolean() ? random.nextInt(MICROS)
					: steps.get(random.nextInt(steps.size())).at() + random.nextInt(1_500);
			steps.add(drawn(random, at, Action.WEIGHTED.get(random.nextInt(Action.WEIGHTED.size()))));
		}
		steps.sort(Comparator.comparingInt(Step::at));
		if (random.nextInt(3) == 0) {
			steps.add(drawn(random, steps.get(steps.size() - 1).at() + random.nextInt(1_500), Action.FADE));
		}
		return new Schedule(seed, steps);
	}

	private static Step drawn(SplittableRandom random, int at, Action action) {
		return new Step(at, action, random.nextInt(32), random.nextInt(action.firstBelow()),
				random.nextInt(action.secondBelow()));
	}

	/** Reads what {@link #toString()} wrote. */
	static Schedule parse(String text) {
		List<String> lines = text.lines().map(String::strip).filter((line) -> !line.isEmpty()).toList();
		if (lines.isEmpty() || !lines.get(0).startsWith(HEAD)) {
			throw new IllegalArgumentException("A schedule begins with '" + HEAD + "' and a number: " + text);
		}
		return new Schedule(Long.parseLong(lines.get(0).substring(HEAD.length())),
				lines.stream().skip(1).map(Step::parse).toList());
	}

	/** Every table that is read is read for one job. */
	boolean hasOneJob() {
		return this.steps.stream().filter((step) -> step.action().startsAJob()).count() == 1;
	}

	/** Tables and containers can always be read. */
	boolean isNeverBlind() {
		return this.steps.stream()
			.noneMatch((step) -> step.action() == Action.UNREADABLE || step.action() == Action.BREAK_CONTAINER);
	}

	/** Single processes can always be read. */
	boolean hasLinesReadable() {
		return this.steps.stream().noneMatch((step) -> step.action() == Action.UNREADABLE && step.second() == 1);
	}

	Schedule with(List<Step> others) {
		return new Schedule(this.seed, others);
	}

	@Override
	public String toString() {
		return HEAD + this.seed + this.steps.stream().map((step) -> "\n" + step).collect(Collectors.joining());
	}

}
