package dev.sysprims.os;

import java.util.Optional;

/**
 * Ends what it guards when this JVM dies without having done so: by {@code kill -9},
 * {@code halt} or a crash. Thread-safe; never blocks.
 */
public interface Watchdog {

	/** Guards nothing and needs no words: nothing outlives this JVM, or nobody asked. */
	Watchdog NONE = new Watchdog() {

		@Override
		public Guard guard(SpawnedChild child) {
			return Guard.NONE;
		}

		@Override
		public Optional<String> warning() {
			return Optional.empty();
		}

	};

	/**
	 * Guards the tree of a child of this JVM from now on.
	 * @param child not reaped
	 * @return the guard
	 */
	Guard guard(SpawnedChild child);

	/**
	 * Why trees would live on, if they would.
	 * @return a full sentence with the reason, or empty when they are guarded
	 */
	Optional<String> warning();

	/** The guard of one tree. */
	interface Guard extends AutoCloseable {

		/** Guards nothing. */
		Guard NONE = new Guard() {

			@Override
			public void member(ProcessKey key) {
				// Nothing is guarded.
			}

			@Override
			public void close() {
				// Nothing was guarded.
			}

		};

		/**
		 * A member that left group and session of the leader is to be ended too.
		 * @param key the member
		 */
		void member(ProcessKey key);

		/** The tree is over, or what is left of it was left on purpose. Idempotent. */
		@Override
		void close();

	}

}
