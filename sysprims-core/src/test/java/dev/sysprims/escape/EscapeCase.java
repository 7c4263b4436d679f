package dev.sysprims.escape;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.Slowness;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.opentest4j.TestAbortedException;

/**
 * One way out of a job on one tier.
 *
 * @param way the way
 * @param leaves whether the program exits by itself, else the job is terminated
 * @param tier the tier
 */
record EscapeCase(Way way, boolean leaves, Tier tier) {

	static final Duration KILL_TIMEOUT = Slowness.of(Duration.ofSeconds(3));

	/** When the end of a program that ends by itself, and of its tree, is overdue. */
	private static final Duration AWAITED = Slowness.of(Duration.ofSeconds(60));

	static Stream<EscapeCase> all(Tier tier) {
		return Stream.of(Way.values())
			.flatMap((way) -> way.canLeave()
					? Stream.of(new EscapeCase(way, false, tier), new EscapeCase(way, true, tier))
					: Stream.of(new EscapeCase(way, false, tier)));
	}

	/**
	 * Starts it, has it ended, and asks the kernel who lives.
	 * @throws TestAbortedException when the way is barred here
	 */
	Observation observe(EscapeProgram program, ProcessSupervisor supervisor) throws Exception {
		Zombies zombies = new Zombies();
		try (Escape escape = new Escape(program, this.way, this.leaves)) {
			Job job = supervisor.start(JobSpec.command(escape.command())
				.graceTimeout(this.way.graceTimeout())
				.killTimeout(KILL_TIMEOUT)
				.build());
			try {
				escape.awaitReady();
			}
			catch (TestAbortedException ex) {
				job.terminate();
				throw ex;
			}
			long begun = System.nanoTime();
			JobResult result = this.leaves ? job.await(AWAITED).orElseThrow() : job.terminate();
			Duration took = Duration.ofNanos(System.nanoTime() - begun);
			List<LiveProcess> living = escape.survivors();
			return new Observation(this, result, living, took, zombies);
		}
	}

	@Override
	public String toString() {
		return this.tier + ", " + this.way + (this.leaves ? ", program exits" : ", terminated");
	}

}
