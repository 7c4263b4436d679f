package dev.sysprims.process;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * One process of a tree that was ended, and what became of it.
 *
 * @param identity which process it is
 * @param name the kernel's short name for it; null when it could not be read
 * @param foundBy by which bond it was first found
 * @param signalled whether a signal was sent to it, alone or with its group
 * @param outcome what became of it
 * @param after time from the start of the termination until its end was seen, or until
 * the termination gave up
 */
public record TreeMember(ProcessIdentity identity, @Nullable String name, FoundBy foundBy, boolean signalled,
		MemberOutcome outcome, Duration after) {

	/**
	 * Whether it was still there at the end.
	 * @return true for {@link MemberOutcome#SURVIVED} and
	 * {@link MemberOutcome#NOT_PERMITTED}
	 */
	public boolean survived() {
		return this.outcome == MemberOutcome.SURVIVED || this.outcome == MemberOutcome.NOT_PERMITTED;
	}

}
