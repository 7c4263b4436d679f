package dev.sysprims.tree;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;

/** What went wrong on another thread, made fit to throw at the caller. */
public final class Failures {

	private Failures() {
	}

	/**
	 * The failure itself, out of what futures wrap around it.
	 * @param failure as a future gave it
	 * @return one of ours
	 */
	public static SysprimsException asUnchecked(Throwable failure) {
		Throwable inner = failure;
		while ((inner instanceof CompletionException || inner instanceof ExecutionException)
				&& inner.getCause() != null) {
			inner = inner.getCause();
		}
		return (inner instanceof SysprimsException known) ? known
				: new SysprimsException(ErrorKind.INTERNAL, "Unexpected failure: " + inner, inner);
	}

	/**
	 * Lets the stack trace go on into the thread that asked: the frames of the thread
	 * that did the work, then the caller's.
	 * @param failure changed
	 * @return the same
	 */
	public static SysprimsException seenFromHere(SysprimsException failure) {
		StackTraceElement[] there = failure.getStackTrace();
		StackTraceElement[] here = new Throwable().getStackTrace();
		failure.setStackTrace(Stream.of(there, here).flatMap(Stream::of).toArray(StackTraceElement[]::new));
		return failure;
	}

}
