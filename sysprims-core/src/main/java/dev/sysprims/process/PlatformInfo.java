package dev.sysprims.process;

import java.util.List;
import java.util.Set;

/**
 * What this library found on the system at hand.
 *
 * @param os {@code linux}, {@code macos} or {@code windows}; another system's own name in
 * lower case
 * @param arch {@code x86_64}, {@code aarch64} or the JVM's own name of it
 * @param backend {@code native}, or {@code jdk} where native access is not to be had
 * @param containment what holds a tree together: {@code cgroup}, {@code session}, or
 * {@code descent} where nothing but parenthood does
 * @param treeKillReliability the best that can be said of the end of a tree here
 * @param capabilities what the backend can do
 * @param warnings what is weaker here than it could be and why, as full sentences
 */
public record PlatformInfo(String os, String arch, String backend, String containment,
		TreeKillReliability treeKillReliability, Set<Capability> capabilities, List<String> warnings) {

	/** Copies the collections. */
	public PlatformInfo {
		capabilities = Set.copyOf(capabilities);
		warnings = List.copyOf(warnings);
	}

	/**
	 * Whether the backend can do this.
	 * @param capability the capability
	 * @return true when it can
	 */
	public boolean has(Capability capability) {
		return this.capabilities.contains(capability);
	}

}
