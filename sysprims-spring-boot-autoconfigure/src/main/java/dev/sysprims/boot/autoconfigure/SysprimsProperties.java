package dev.sysprims.boot.autoconfigure;

import java.time.Duration;

import dev.sysprims.process.Containment;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The configuration of the supervisor.
 *
 * @param enabled Whether a process supervisor is set up, with its endpoint, health,
 * meters and observations.
 * @param graceTimeout How long a process tree has to end by itself before it is killed; a
 * job may say otherwise.
 * @param killTimeout How long the end of a tree is waited for after the kill signal; a
 * job may say otherwise.
 * @param containment What holds process trees together: 'auto' takes the strongest that
 * works here, 'cgroup' fails the start where a cgroup v2 cannot be had, 'session' uses no
 * cgroup even where one could be had.
 * @param subreaper Whether orphans of all descendants become children of this JVM, so
 * that a process cannot get lost by leaving its parent behind; for the whole JVM and for
 * good, and zombies of other code's orphans stay until it ends.
 * @param endJobsWithJvm Whether jobs are ended when the JVM dies without having ended
 * them: by kill -9, for lack of memory or by a crash.
 * @param historySize How many ended jobs are remembered.
 * @param output What is kept of a job's output.
 * @param metrics What meters and observations show.
 */
@ConfigurationProperties("sysprims")
public record SysprimsProperties(@DefaultValue("true") boolean enabled, @DefaultValue("10s") Duration graceTimeout,
		@DefaultValue("2s") Duration killTimeout, @DefaultValue("auto") Containment containment,
		@DefaultValue("false") boolean subreaper, @DefaultValue("true") boolean endJobsWithJvm,
		@DefaultValue("100") int historySize, @DefaultValue Output output, @DefaultValue Metrics metrics) {

	private static final Duration LONGEST = Duration.ofDays(365);

	/**
	 * Refuses what the supervisor would refuse, by the name of the property.
	 * @throws InvalidSysprimsPropertyException when a value is out of range
	 */
	public SysprimsProperties {
		InvalidSysprimsPropertyException.when(graceTimeout.isNegative() || graceTimeout.compareTo(LONGEST) > 0,
				"sysprims.grace-timeout", graceTimeout, "A tree cannot be given less than no time, nor a year.",
				"Use 0s to 365d, such as 10s; 0s kills right after the first signal.");
		InvalidSysprimsPropertyException.when(
				killTimeout.isZero() || killTimeout.isNegative() || killTimeout.compareTo(LONGEST) > 0,
				"sysprims.kill-timeout", killTimeout,
				"The kernel needs some time to end a killed process; without it every kill would be reported as incomplete.",
				"Use more than 0s, up to 365d, such as 2s.");
		InvalidSysprimsPropertyException.when(historySize < 0 || historySize > 100_000, "sysprims.history-size",
				historySize, "Every remembered job keeps the end of its output in memory.",
				"Use 0 to 100000; 0 remembers none.");
	}

	/**
	 * What is kept of a job's output.
	 *
	 * @param tailSize How much of the end of each captured stream is kept; memory grows
	 * with what is written, up to this.
	 * @param lineQueueSize How many lines wait for a slow line callback before the oldest
	 * are dropped.
	 */
	public record Output(@DefaultValue("64KB") DataSize tailSize, @DefaultValue("1024") int lineQueueSize) {

		private static final DataSize LARGEST_TAIL = DataSize.ofGigabytes(1);

		/**
		 * Refuses what the supervisor would refuse.
		 * @throws InvalidSysprimsPropertyException when a value is out of range
		 */
		public Output {
			InvalidSysprimsPropertyException.when(tailSize.toBytes() < 1 || tailSize.compareTo(LARGEST_TAIL) > 0,
					"sysprims.output.tail-size", tailSize, "The tail of each captured stream is held in memory.",
					"Use 1B to 1GB, such as 64KB; a job that shall keep nothing says OutputMode.discard().");
			InvalidSysprimsPropertyException.when(lineQueueSize < 1 || lineQueueSize > 1_000_000,
					"sysprims.output.line-queue-size", lineQueueSize,
					"A line callback needs a queue of at least one line, and the queue is held in memory.",
					"Use 1 to 1000000.");
		}

	}

	/**
	 * What meters and observations show.
	 *
	 * @param maxJobNames How many different job names become values of the tag 'name';
	 * further names are counted as 'other'.
	 */
	public record Metrics(@DefaultValue("100") int maxJobNames) {

		/**
		 * Refuses a limit that would be none.
		 * @throws InvalidSysprimsPropertyException when a value is out of range
		 */
		public Metrics {
			InvalidSysprimsPropertyException.when(maxJobNames < 0 || maxJobNames > 10_000,
					"sysprims.metrics.max-job-names", maxJobNames,
					"Every name makes up to five timers, and most monitoring systems charge or fail by their number.",
					"Use 0 to 10000; with 0 every name is counted as 'other'.");
		}

	}

}
