package dev.sysprims.os.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

import com.sun.jna.Memory;

/**
 * Sees to it that the kernel keeps the status of children. A JVM whose parent ignored
 * {@code SIGCHLD} inherits that, and then children are reaped by the kernel at once:
 * their status is lost and their number is free.
 */
public final class ChildSignal {

	private static final int SIGCHLD = 17;

	private static final long SIG_IGN = 1;

	private static final int SA_NOCLDWAIT = 2;

	// struct sigaction of glibc on 64-bit Linux: handler 8 bytes, mask 128, flags 4.
	private static final int FLAGS = 136;

	private static final int SIZE = 152;

	private ChildSignal() {
	}

	/**
	 * Back to the default where it is ignored, which is what the JDK itself does before
	 * its first child.
	 * @return whether it was ignored
	 */
	public static boolean stopIgnoring() {
		byte[] old = new byte[SIZE];
		LibC.sigaction(SIGCHLD, null, old);
		ByteBuffer action = ByteBuffer.wrap(old).order(ByteOrder.nativeOrder());
		boolean ignored = action.getLong(0) == SIG_IGN || (action.getInt(FLAGS) & SA_NOCLDWAIT) != 0;
		if (ignored) {
			try (Memory byDefault = new Memory(SIZE)) {
				byDefault.clear();
				LibC.sigaction(SIGCHLD, byDefault, old);
			}
		}
		return ignored;
	}

}
