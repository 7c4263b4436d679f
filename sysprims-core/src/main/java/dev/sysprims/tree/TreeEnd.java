package dev.sysprims.tree;

import java.util.List;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.process.ResourceUsage;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.process.TreeMember;
import org.jspecify.annotations.Nullable;

/**
 * How a tree ended.
 *
 * @param cause what came first
 * @param status how the program ended; unknown when it survived
 * @param outOfMemory whether the kernel ended the program for lack of memory, as far as
 * that can be told
 * @param usage what the program used, or null
 * @param leftovers members found when the program had ended by itself, and what became of
 * them
 * @param survivors members still there although they were to be ended
 * @param termination what was done to end it, or null when nothing had to be done
 * @param verifiedEmpty whether nobody is left, as surely as can be told
 * @param reliability how sure that is
 * @param warnings what is weaker than it could be and why
 */
public record TreeEnd(EndCause cause, ExitStatus status, boolean outOfMemory, @Nullable ResourceUsage usage,
		List<TreeMember> leftovers, List<TreeMember> survivors, @Nullable TerminateTreeResult termination,
		boolean verifiedEmpty, TreeKillReliability reliability, List<String> warnings) {

}
