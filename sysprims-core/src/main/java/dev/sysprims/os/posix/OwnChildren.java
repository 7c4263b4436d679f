package dev.sysprims.os.posix;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The children that were spawned here and are not reaped. Somebody waits for each, who
 * would not learn how it ended if another took its status. Thread-safe.
 */
final class OwnChildren {

	private static final Set<Integer> unreaped = ConcurrentHashMap.newKeySet();

	private OwnChildren() {
	}

	static void add(int pid) {
		unreaped.add(pid);
	}

	static void remove(int pid) {
		unreaped.remove(pid);
	}

	static boolean contains(int pid) {
		return unreaped.contains(pid);
	}

}
