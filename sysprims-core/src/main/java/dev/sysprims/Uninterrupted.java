package dev.sysprims;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import dev.sysprims.tree.Failures;

/**
 * Waits for what must not be left half done: an interrupt hurries it on and is restored
 * afterwards.
 */
final class Uninterrupted {

	private Uninterrupted() {
	}

	static <T> T get(CompletableFuture<T> future, Runnable onInterrupt) {
		boolean interrupted = false;
		try {
			while (true) {
				try {
					return future.get();
				}
				catch (InterruptedException ex) {
					interrupted = true;
					onInterrupt.run();
				}
				catch (ExecutionException ex) {
					throw Failures.seenFromHere(Failures.asUnchecked(ex));
				}
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
