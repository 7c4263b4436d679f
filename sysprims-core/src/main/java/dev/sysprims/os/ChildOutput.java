package dev.sysprims.os;

import java.nio.file.Path;

/** Where a child's output goes. */
public sealed interface ChildOutput {

	/** Nowhere. */
	record Discard() implements ChildOutput {
	}

	/** Where this JVM's output goes. */
	record Inherit() implements ChildOutput {
	}

	/**
	 * A file that the child itself writes.
	 *
	 * @param path created when it does not exist; a FIFO is refused
	 * @param append whether to write behind what is there, else the file is emptied first
	 */
	record ToFile(Path path, boolean append) implements ChildOutput {
	}

	/**
	 * To this JVM as it comes, never blocking the child for long.
	 *
	 * @param sink takes the bytes
	 */
	record Capture(ByteSink sink) implements ChildOutput {
	}

	/**
	 * To whoever reads {@link SpawnedChild#stdout()} or {@link SpawnedChild#stderr()}; a
	 * slow reader holds the child up.
	 */
	record Stream() implements ChildOutput {
	}

	/** Of the error output only: into the same description as standard output. */
	record SameAsStdout() implements ChildOutput {
	}

}
