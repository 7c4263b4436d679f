package dev.sysprims.supervisor;

import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TreeKillReliability;

/**
 * A program under supervision with everything it started. Thread-safe; safe on virtual
 * threads.
 * <p>
 * One contract carries every integration: a thread that is interrupted in
 * {@link #await()}, timed or not, or in {@code toProcess().waitFor()}, ends the whole
 * tree, waits for that (bounded by grace and kill timeout; a second interrupt cuts the
 * grace) and rethrows. {@code CompletableFuture.cancel} interrupts nobody and so ends
 * nothing.
 */
public interface Job {

	/**
	 * Its id, unique in this JVM and unlikely elsewhere.
	 * @return letters, digits and dashes
	 */
	String id();

	/**
	 * What it was called: for people and metrics.
	 * @return the name, by default the program's file name
	 */
	String name();

	/**
	 * The process id of the program. Once the job has ended the number may belong to
	 * another process.
	 * @return the pid
	 */
	long pid();

	/**
	 * Which process the program is: what to store.
	 * @return its identity
	 */
	ProcessIdentity identity();

	/**
	 * Where it is in its life.
	 * @return the state
	 */
	JobState state();

	/**
	 * When the program ran.
	 * @return the moment
	 */
	Instant startedAt();

	/**
	 * The result as a future: a fresh copy at each call. Completing or cancelling it does
	 * nothing to the job. Dependents run on the supervisor's executor; the future of a
	 * job that has ended is completed already.
	 * @return completes normally when the job has ended
	 */
	CompletableFuture<JobResult> completion();

	/**
	 * Waits until the job has ended, and then a moment (a second at most) for a line
	 * callback that still has to take lines that are here already.
	 * @return how
	 * @throws InterruptedException when interrupted, after the whole tree has been ended
	 */
	JobResult await() throws InterruptedException;

	/**
	 * Waits until the job has ended, for a time. The job goes on when that is over.
	 * @param timeout not negative; zero does not wait
	 * @return how it ended, or empty
	 * @throws InterruptedException when interrupted, after the whole tree has been ended
	 */
	Optional<JobResult> await(Duration timeout) throws InterruptedException;

	/**
	 * Ends the whole tree with the job's timeouts and waits for that. A second call joins
	 * the first.
	 * @return the job's result; of a job that had ended already, that result
	 */
	JobResult terminate();

	/**
	 * Ends the whole tree and waits for that. When an end is under way the earlier
	 * deadline wins. An interrupt cuts the grace and leaves the flag set.
	 * @param config signals and timeouts
	 * @return the job's result; of a job that had ended already, that result
	 */
	JobResult terminate(TerminateTreeConfig config);

	/**
	 * Sends a signal to the program only.
	 * @param signal the signal
	 * @throws dev.sysprims.process.NoSuchProcessException when it has exited
	 * @throws dev.sysprims.process.PermissionDeniedException when it may not be signalled
	 * @throws dev.sysprims.process.SysprimsException of kind not_supported when this
	 * backend cannot send the signal
	 */
	void signal(Signal signal);

	/**
	 * How sure the end of its tree is.
	 * @return the reliability
	 */
	TreeKillReliability reliability();

	/**
	 * What is weaker than it could be and why.
	 * @return full sentences
	 */
	List<String> warnings();

	/**
	 * The program's standard input in the mode {@code InputMode.stream()}; closing it is
	 * the program's end of file.
	 * @return the stream, or one that refuses bytes in the other modes
	 */
	OutputStream stdin();

	/**
	 * What was captured of its output so far.
	 * @return the output, live
	 */
	JobOutput output();

	/**
	 * The members of its tree that live now, the program first. Costs a scan of the
	 * process table.
	 * @return empty when the job has ended
	 */
	List<ProcessInfo> processes();

	/**
	 * This job as a {@link Process} whose {@code destroy()}, {@code destroyForcibly()}
	 * and {@code waitFor()} act on the whole tree, for anything that takes a
	 * {@code Process}. "Alive" means the tree.
	 * @return always the same object
	 */
	Process toProcess();

}
