package dev.sysprims.tree;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.ProcessKey;

/**
 * How the last programs ended: for those who wait for a pid after it was reaped.
 * Thread-safe.
 */
final class KeptStatuses {

	private static final int MOST = 1024;

	private final Map<Long, Map.Entry<ProcessKey, ExitStatus>> byPid = new LinkedHashMap<>();

	synchronized void keep(ProcessKey key, ExitStatus status) {
		this.byPid.remove(key.pid());
		this.byPid.put(key.pid(), Map.entry(key, status));
		if (this.byPid.size() > MOST) {
			this.byPid.remove(this.byPid.keySet().iterator().next());
		}
	}

	synchronized Optional<Map.Entry<ProcessKey, ExitStatus>> of(long pid) {
		return Optional.ofNullable(this.byPid.get(pid));
	}

}
