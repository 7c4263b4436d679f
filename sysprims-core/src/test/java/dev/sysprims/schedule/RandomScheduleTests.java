package dev.sysprims.schedule;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The policy in worlds drawn from a seed: what must hold whatever happens. Set
 * {@code sysprims.simulation.seeds} for more worlds and {@code sysprims.simulation.first}
 * to begin with another.
 */
class RandomScheduleTests {

	private static final int SEEDS = Integer.getInteger("sysprims.simulation.seeds", 100_000);

	private static final long FIRST = Long.getLong("sysprims.simulation.first", 1);

	private static final Duration SHRINKING = Duration.ofSeconds(20);

	private record Broken(Schedule schedule, Violation violation) {

	}

	@Test
	void everyRuleHoldsInEveryWorld() {
		Optional<Broken> broken = LongStream.range(FIRST, FIRST + SEEDS)
			.parallel()
			.mapToObj(Schedule::draw)
			.flatMap((schedule) -> Optional.ofNullable(Shrinker.tryOut(new World(schedule)))
				.map((violation) -> new Broken(schedule, violation))
				.stream())
			.findAny();
		broken.ifPresent(RandomScheduleTests::fail);
	}

	@Test
	void theSameScheduleHasTheSameOutcome() {
		LongStream.range(FIRST, FIRST + 200)
			.mapToObj(Schedule::draw)
			.forEach((schedule) -> assertThat(new World(Schedule.parse(schedule.toString())).run())
				.isEqualTo(new World(schedule).run()));
	}

	private static void fail(Broken broken) {
		long until = System.nanoTime() + SHRINKING.toNanos();
		Rule rule = broken.violation.rule();
		Schedule smallest = new Shrinker((schedule) -> Shrinker.tryOut(new World(schedule)),
				() -> System.nanoTime() > until)
			.shrink(broken.schedule, rule);
		Violation violation = Optional.ofNullable(Shrinker.tryOut(new World(smallest))).orElse(broken.violation);
		long seed = broken.schedule.seed();
		throw new AssertionError("""
				Seed %d breaks a rule: %s
				Again: mvn -pl sysprims-core test -Dtest=RandomScheduleTests \\
				  -Dsysprims.simulation.first=%d -Dsysprims.simulation.seeds=1
				Shrunk from %d steps to %d. Keep it under a name in one of the …WorldsThatOnceBrokeARuleTests:

					@Test
					void nameWhatHolds() {
						holds(\"""
				%s
								\""");
					}
				""".formatted(seed, violation.getMessage(), seed, broken.schedule.steps().size(),
				smallest.steps().size(), smallest.toString().indent(32).replace("        ", "\t").stripTrailing()),
				violation);
	}

}
