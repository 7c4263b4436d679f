package dev.sysprims.tree;

import java.util.List;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.MemoryAccount;
import dev.sysprims.process.ResourceUsage;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the kernel ended the program of a tree for lack of memory. It says how many
 * processes of the container it has ended, but not which: so the program is one of them
 * when it died of the signal that the kernel uses and nobody here had sent that. Confined
 * to the sweeper.
 */
final class MemoryVerdict {

	private final @Nullable KernelContainer container;

	private @Nullable MemoryAccount account;

	private @Nullable SysprimsException unknown;

	private boolean judged;

	private boolean mayBeKilledHere;

	private boolean endedProgram;

	MemoryVerdict(@Nullable KernelContainer container) {
		this.container = container;
	}

	/**
	 * The program has ended; the first call counts, because others may be ended for lack
	 * of memory afterwards.
	 * @param status how
	 * @param killedHere whether it was sent {@link Signal#KILL} by this library
	 */
	void programEnded(ExitStatus status, boolean killedHere) {
		if (this.judged) {
			return;
		}
		this.judged = true;
		if (Signal.KILL.equals(status.signal())) {
			this.mayBeKilledHere = killedHere;
			this.endedProgram = !killedHere && kills() > 0;
		}
	}

	/** The tree is over, and its container is about to be removed. */
	void treeEnded() {
		kills();
	}

	private long kills() {
		try {
			this.account = (this.container != null) ? this.container.memory() : null;
		}
		catch (SysprimsException ex) {
			this.unknown = ex;
		}
		return (this.account != null) ? this.account.kills() : 0;
	}

	/** Whether lack of memory is what ended the program. */
	boolean endedProgram() {
		return this.endedProgram;
	}

	/** With the peak of the whole tree, where that was counted. */
	@Nullable ResourceUsage completed(@Nullable ResourceUsage usage) {
		Long peak = (this.account != null) ? this.account.peakKb() : null;
		return (usage != null && peak != null) ? new ResourceUsage(usage.userTime(), usage.systemTime(), peak) : usage;
	}

	/** Full sentences on what the cause does not say. */
	List<String> warnings() {
		if (this.account != null && this.account.kills() > 0 && !this.endedProgram) {
			return List.of(TreeWarnings.outOfMemory(this.account.kills(), this.mayBeKilledHere));
		}
		return (this.unknown != null) ? List.of(TreeWarnings.memoryUnknown(this.unknown)) : List.of();
	}

}
