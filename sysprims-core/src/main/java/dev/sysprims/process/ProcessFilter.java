package dev.sysprims.process;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Which processes to list, and what to read of each. All conditions must hold; a process
 * whose value for a condition is unknown does not match it. Immutable.
 */
public final class ProcessFilter {

	private static final ProcessFilter ALL = new Builder().build();

	private final Builder asked;

	private ProcessFilter(Builder asked) {
		this.asked = asked;
	}

	/**
	 * Every process, without environment and thread count.
	 * @return the filter that matches all
	 */
	public static ProcessFilter all() {
		return ALL;
	}

	/**
	 * A new builder without conditions.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Whether environments were asked for.
	 * @return true when {@link ProcessInfo#env()} is to be read
	 */
	public boolean includesEnv() {
		return this.asked.includeEnv;
	}

	/**
	 * Whether thread counts were asked for.
	 * @return true when {@link ProcessInfo#threadCount()} is to be read
	 */
	public boolean includesThreadCount() {
		return this.asked.includeThreadCount;
	}

	/**
	 * The only pids that can match, which spares reading the rest.
	 * @return the pids, or null when any can
	 */
	public @Nullable Set<Long> pids() {
		return this.asked.pidIn;
	}

	/**
	 * Whether the process meets every condition.
	 * @param process the process
	 * @return true when it does
	 */
	public boolean matches(ProcessInfo process) {
		Builder a = this.asked;
		return holds(a.pidIn, (pids) -> pids.contains(process.pid()))
				&& holds(a.ppid, (ppid) -> ppid.equals(process.ppid()))
				&& holds(a.stateIn, (states) -> states.contains(process.state()))
				&& holds(a.nameEquals, (name) -> name.equals(process.name()))
				&& holds(a.nameContains, (part) -> process.name() != null && process.name().contains(part))
				&& holds(a.userEquals, (user) -> user.equals(process.user()))
				&& holds(a.cpuAbove, (cpu) -> process.cpuPercent() != null && process.cpuPercent() > cpu)
				&& holds(a.memoryAboveKb, (kb) -> process.memoryKb() != null && process.memoryKb() > kb)
				&& holds(a.runningForAtLeast,
						(time) -> process.elapsed() != null && process.elapsed().compareTo(time) >= 0);
	}

	private static <T> boolean holds(@Nullable T asked, Predicate<T> condition) {
		return asked == null || condition.test(asked);
	}

	/** Collects the conditions. Not thread-safe. */
	public static final class Builder {

		private @Nullable Set<Long> pidIn;

		private @Nullable Long ppid;

		private @Nullable Set<ProcessState> stateIn;

		private @Nullable String nameEquals;

		private @Nullable String nameContains;

		private @Nullable String userEquals;

		private @Nullable Double cpuAbove;

		private @Nullable Long memoryAboveKb;

		private @Nullable Duration runningForAtLeast;

		private boolean includeEnv;

		private boolean includeThreadCount;

		private Builder() {
		}

		private Builder(Builder from) {
			this.pidIn = from.pidIn;
			this.ppid = from.ppid;
			this.stateIn = from.stateIn;
			this.nameEquals = from.nameEquals;
			this.nameContains = from.nameContains;
			this.userEquals = from.userEquals;
			this.cpuAbove = from.cpuAbove;
			this.memoryAboveKb = from.memoryAboveKb;
			this.runningForAtLeast = from.runningForAtLeast;
			this.includeEnv = from.includeEnv;
			this.includeThreadCount = from.includeThreadCount;
		}

		/**
		 * Only these pids.
		 * @param pids the pids
		 * @return this builder
		 */
		public Builder pidIn(Set<Long> pids) {
			this.pidIn = Set.copyOf(new HashSet<>(pids));
			return this;
		}

		/**
		 * Only children of this process.
		 * @param ppid the parent's pid
		 * @return this builder
		 */
		public Builder ppid(long ppid) {
			this.ppid = ppid;
			return this;
		}

		/**
		 * Only these states.
		 * @param states at least one state
		 * @return this builder
		 */
		public Builder stateIn(Set<ProcessState> states) {
			this.stateIn = EnumSet.copyOf(states);
			return this;
		}

		/**
		 * Only this name.
		 * @param name the whole name, in its own case
		 * @return this builder
		 */
		public Builder nameEquals(String name) {
			this.nameEquals = name;
			return this;
		}

		/**
		 * Only names that contain this.
		 * @param part a part of the name, in its own case
		 * @return this builder
		 */
		public Builder nameContains(String part) {
			this.nameContains = part;
			return this;
		}

		/**
		 * Only processes of this user.
		 * @param user the user's name
		 * @return this builder
		 */
		public Builder userEquals(String user) {
			this.userEquals = user;
			return this;
		}

		/**
		 * Only those above this share of a core.
		 * @param percent 0 to 100
		 * @return this builder
		 */
		public Builder cpuAbove(double percent) {
			if (!(percent >= 0 && percent <= 100)) {
				throw new IllegalArgumentException("cpuAbove " + percent + " is out of range: use 0 to 100 percent.");
			}
			this.cpuAbove = percent;
			return this;
		}

		/**
		 * Only those with more resident memory.
		 * @param kb KiB, not negative
		 * @return this builder
		 */
		public Builder memoryAboveKb(long kb) {
			if (kb < 0) {
				throw new IllegalArgumentException("memoryAboveKb " + kb + " must not be negative.");
			}
			this.memoryAboveKb = kb;
			return this;
		}

		/**
		 * Only those that started at least this long ago.
		 * @param time not negative
		 * @return this builder
		 */
		public Builder runningForAtLeast(Duration time) {
			if (time.isNegative()) {
				throw new IllegalArgumentException("runningForAtLeast " + time + " must not be negative.");
			}
			this.runningForAtLeast = time;
			return this;
		}

		/**
		 * Reads each environment too. They hold secrets, and those of other users cannot
		 * be read.
		 * @return this builder
		 */
		public Builder includeEnv() {
			this.includeEnv = true;
			return this;
		}

		/**
		 * Reads each thread count too.
		 * @return this builder
		 */
		public Builder includeThreadCount() {
			this.includeThreadCount = true;
			return this;
		}

		/**
		 * The filter.
		 * @return an immutable filter
		 */
		public ProcessFilter build() {
			return new ProcessFilter(new Builder(this));
		}

	}

}
