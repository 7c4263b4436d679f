package dev.sysprims.boot.actuate;

import dev.sysprims.process.PlatformInfo;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * What was found on this system.
 *
 * @param os {@code linux}, {@code macos} or {@code windows}
 * @param arch the processor's architecture
 * @param backend {@code native} or {@code jdk}
 * @param containment what holds a tree together
 * @param treeKillReliability {@code guaranteed} or {@code best_effort}
 */
public record PlatformDescriptor(String os, String arch, String backend, String containment,
		String treeKillReliability) implements OperationResponseBody {

	static PlatformDescriptor of(PlatformInfo platform) {
		return new PlatformDescriptor(platform.os(), platform.arch(), platform.backend(), platform.containment(),
				platform.treeKillReliability().contractName());
	}

}
