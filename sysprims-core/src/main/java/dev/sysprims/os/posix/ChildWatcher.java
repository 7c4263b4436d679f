package dev.sysprims.os.posix;

import org.jspecify.annotations.Nullable;

/** Takes hold of children of this JVM. What the systems do differently. */
public interface ChildWatcher {

	/**
	 * Takes hold of a child that nobody has reaped: finds out which process it is and
	 * gets ready to see its exit.
	 * @param pid the child, not reaped before its exit was taken note of
	 * @return the child, or null when the system does not show it
	 * @throws dev.sysprims.process.SysprimsException when this JVM cannot look at it
	 */
	@Nullable HeldChild hold(long pid);

}
