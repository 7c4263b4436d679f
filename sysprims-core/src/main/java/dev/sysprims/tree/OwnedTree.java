package dev.sysprims.tree;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TreeKillReliability;

/** The tree of a program that this JVM started. Thread-safe. */
public interface OwnedTree {

	/**
	 * The program.
	 * @return the leader
	 */
	SpawnedChild child();

	/**
	 * How sure the end of this tree is: guaranteed while the kernel holds all of it.
	 * @return the reliability
	 */
	TreeKillReliability reliability();

	/**
	 * What has been weaker than it could be since the program runs, of the system, of the
	 * program and of what holds them.
	 * @return full sentences with the reasons
	 */
	List<String> warnings();

	/**
	 * Sends a signal to the program alone.
	 * @param signal the signal
	 * @return what came of it; {@link SignalOutcome#GONE} once it has exited
	 */
	SignalOutcome signal(Signal signal);

	/**
	 * Ends the tree. A second call joins the sequence under way, and the earlier deadline
	 * wins. Without effect once it is over.
	 * @param config signals and timeouts
	 * @param cause what to name as cause if this is what begins the end
	 * @return completes when the tree is over, on the sweeper
	 */
	CompletableFuture<TreeEnd> terminate(TerminateTreeConfig config, EndCause cause);

	/**
	 * Cuts the grace of a sequence under way: the kill comes now. Without effect
	 * otherwise.
	 */
	void cutGrace();

	/**
	 * The members that live now, the program first. Costs a scan of the process table,
	 * shared with others.
	 * @return completes on the sweeper; empty when the tree is over
	 */
	CompletableFuture<List<ProcessEntry>> members();

	/**
	 * Completes when the program has exited, whatever else is still in its tree.
	 * @return the future, completed on a thread of the backend; not to be completed by
	 * others
	 */
	CompletableFuture<ExitStatus> programExit();

	/**
	 * Completes when the tree is over.
	 * @return the future, completed on the sweeper; not to be completed by others
	 */
	CompletableFuture<TreeEnd> end();

}
