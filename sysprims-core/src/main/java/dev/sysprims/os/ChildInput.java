package dev.sysprims.os;

import java.nio.file.Path;

/** What a child reads on its standard input. */
public sealed interface ChildInput {

	/** End of file at once. */
	record Empty() implements ChildInput {
	}

	/** What this JVM reads. */
	record Inherit() implements ChildInput {
	}

	/**
	 * A file that the child itself reads.
	 *
	 * @param path an existing regular file or device; a FIFO is refused
	 */
	record FromFile(Path path) implements ChildInput {
	}

	/**
	 * These bytes, then end of file. A child that closes its input early is no error.
	 *
	 * @param bytes not changed after this
	 */
	@SuppressWarnings("ArrayRecordComponent") // never compared
	record Bytes(byte[] bytes) implements ChildInput {
	}

	/** What is written to {@link SpawnedChild#stdin()}. */
	record Stream() implements ChildInput {
	}

}
