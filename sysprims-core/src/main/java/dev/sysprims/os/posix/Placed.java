package dev.sysprims.os.posix;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A child that runs.
 *
 * @param pid its number
 * @param container what holds its tree, or null
 * @param warnings why nothing does, where something could
 */
record Placed(int pid, @Nullable JobContainer container, List<String> warnings) {

	/** Nobody wants it: ends what the container holds, which may take a moment. */
	void abandon() {
		if (this.container != null) {
			this.container.kill();
			this.container.remove();
		}
	}

}
