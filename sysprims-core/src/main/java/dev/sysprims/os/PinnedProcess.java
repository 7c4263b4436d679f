package dev.sysprims.os;

import java.util.Optional;

import dev.sysprims.process.Signal;

/**
 * A process that is held so that its number cannot come to mean another one, and whose
 * exit is watched. Thread-safe.
 */
public interface PinnedProcess extends AutoCloseable {

	/**
	 * Sends a signal to this very process, never to another that took its number.
	 * @param signal the signal
	 * @return what came of it
	 */
	SignalOutcome signal(Signal signal);

	/**
	 * What is weaker than it could be.
	 * @return a full sentence with the reason, such as that its exit is polled for, or
	 * empty
	 */
	Optional<String> warning();

	/**
	 * Lets go; the exit callback will not be called any more (a call under way may still
	 * finish). Idempotent.
	 */
	@Override
	void close();

}
