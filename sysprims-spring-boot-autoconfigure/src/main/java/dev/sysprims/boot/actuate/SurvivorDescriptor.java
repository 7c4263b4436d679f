package dev.sysprims.boot.actuate;

import dev.sysprims.process.MemberOutcome;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * A process that could not be ended.
 *
 * @param pid its process id
 * @param name the kernel's short name for it; absent when it could not be read
 * @param outcome {@code SURVIVED}, or {@code NOT_PERMITTED} when this application may not
 * signal it
 */
public record SurvivorDescriptor(long pid, @Nullable String name,
		MemberOutcome outcome) implements OperationResponseBody {

	static SurvivorDescriptor of(TreeMember member) {
		return new SurvivorDescriptor(member.identity().pid(), member.name(), member.outcome());
	}

}
