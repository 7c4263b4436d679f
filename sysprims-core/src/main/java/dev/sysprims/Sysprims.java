package dev.sysprims;

import java.time.Duration;
import java.util.List;

import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnInGroupConfig;
import dev.sysprims.process.SpawnInGroupResult;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.WaitPidResult;

/**
 * The four primitives of the sysprims contract on this operating system. Thread-safe;
 * safe on virtual threads: nothing here blocks in a native call, waiting is for a future.
 * <p>
 * PIDs are dangerous. Every method takes 1 ≤ pid ≤ 2³¹−1 and throws
 * {@link IllegalArgumentException} for anything else: a wrapped −1 would mean <em>every
 * process</em> to {@code kill(2)}. As a target, PID 1, this JVM, its ancestors and the
 * leader of its own process group are refused in the same way.
 */
public interface Sysprims {

	/**
	 * This operating system's backend: native where JNA loads and the system is
	 * supported, else the JDK's own means with warnings. Made on first use and shared.
	 * @return the one instance of this class loader
	 */
	static Sysprims system() {
		return SystemSysprims.instance();
	}

	/**
	 * What was found here.
	 * @return system, architecture, capabilities and what is weaker than it could be
	 */
	PlatformInfo platform();

	/**
	 * One process as it is now, a zombie too; without environment and thread count.
	 * @param pid its number
	 * @return the process
	 * @throws dev.sysprims.process.NoSuchProcessException when there is none
	 * @throws dev.sysprims.process.PermissionDeniedException when the system refuses to
	 * say anything about it
	 */
	ProcessInfo getProcess(long pid);

	/**
	 * A snapshot, read process by process: not a picture of one instant.
	 * @param filter which processes, and what to read of each
	 * @return the processes that match, in order of their pid
	 */
	List<ProcessInfo> processes(ProcessFilter filter);

	/**
	 * All processes below this one, by parenthood. A process whose parent has died
	 * belongs to init and is no longer found this way.
	 * @param pid the root, not in the result
	 * @return the descendants, parents before their children
	 * @throws dev.sysprims.process.NoSuchProcessException when there is no such root
	 */
	List<ProcessInfo> descendants(long pid);

	/**
	 * The identity of the process that has this number now: what to store instead of the
	 * number.
	 * @param pid the number
	 * @return its identity
	 * @throws dev.sysprims.process.NoSuchProcessException when there is no such process
	 * @throws dev.sysprims.process.SysprimsException of kind system when the start of the
	 * process cannot be read
	 */
	ProcessIdentity identify(long pid);

	/**
	 * Whether a stored identity still names a process.
	 * @param identity what was stored
	 * @return same (a zombie too), reused, gone or unknown; an identity of an earlier
	 * boot is never same
	 */
	IdentityCheck check(ProcessIdentity identity);

	/**
	 * Starts a program as the leader of a session and process group of its own, with this
	 * JVM's stdin, stdout and stderr. It is reaped when its tree is empty. How it ended
	 * is kept for {@link #waitPid} (the last 1 024).
	 * @param config what to start
	 * @return the running program
	 * @throws dev.sysprims.process.CommandNotFoundException when there is no such program
	 * @throws dev.sysprims.process.PermissionDeniedException when the program may not be
	 * executed
	 * @throws dev.sysprims.process.SpawnFailedException for a bad directory and
	 * everything else; nothing is left behind
	 */
	SpawnInGroupResult spawnInGroup(SpawnInGroupConfig config);

	/**
	 * Waits until a process has exited, anybody's. An event where the system has one
	 * ({@code pidfd_open(2)}); no polling.
	 * @param pid the process
	 * @param timeout how long; zero is a probe that returns at once
	 * @return whether it exited, and how where that can be known
	 * @throws IllegalArgumentException when the timeout is negative
	 * @throws InterruptedException when the thread is interrupted; the process goes on
	 * @throws dev.sysprims.process.NoSuchProcessException when there is no such process,
	 * nor a kept status
	 */
	WaitPidResult waitPid(long pid, Duration timeout) throws InterruptedException;

	/**
	 * Ends a process and everything that belongs to its tree: signal, grace, kill, and
	 * proof. The tree of a process that this library did not start is its descent, and
	 * its process group where the pid leads one. Interrupting the caller cuts the grace
	 * short; the flag is restored.
	 * @param pid the root
	 * @param config signals and timeouts
	 * @return what happened to each member; {@code exited} only when the whole tree was
	 * verified empty
	 * @throws dev.sysprims.process.NoSuchProcessException when there is no such process
	 * @throws dev.sysprims.process.PermissionDeniedException when the root itself may not
	 * be signalled
	 */
	TerminateTreeResult terminateTree(long pid, TerminateTreeConfig config);

	/**
	 * Ends the tree of this very process and refuses every other one that took its
	 * number.
	 * @param identity what was stored
	 * @param config signals and timeouts
	 * @return what happened to each member
	 * @throws dev.sysprims.process.NoSuchProcessException when the process is gone or its
	 * number was reused
	 * @throws dev.sysprims.process.SysprimsException of kind system when it cannot be
	 * told whether it is the same
	 */
	TerminateTreeResult terminateTree(ProcessIdentity identity, TerminateTreeConfig config);

	/**
	 * Sends a signal to this very process and to no other.
	 * @param identity what was stored
	 * @param signal the signal
	 * @throws dev.sysprims.process.NoSuchProcessException when the process is gone or its
	 * number was reused
	 * @throws dev.sysprims.process.PermissionDeniedException when it may not be signalled
	 * @throws dev.sysprims.process.SysprimsException of kind not_supported when this
	 * backend cannot send the signal, of kind system when it cannot be told whether the
	 * process is the same
	 */
	void signal(ProcessIdentity identity, Signal signal);

}
