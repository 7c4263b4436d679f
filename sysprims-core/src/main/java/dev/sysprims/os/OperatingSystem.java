package dev.sysprims.os;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.sysprims.process.Containment;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * An operating system as the policy sees it. Thread-safe. Every pid given here is within
 * 1 and 2³¹−1: that is checked once, above.
 */
public interface OperatingSystem {

	/**
	 * What was found here.
	 * @return the platform
	 */
	PlatformInfo platform();

	/**
	 * Whether trees can be held together in this way; {@link Containment#AUTO} and
	 * {@link Containment#SESSION} always can.
	 * @param containment what is asked for
	 * @throws SysprimsException of kind not_supported when it is not to be had; the
	 * message says why and what to do
	 */
	default void requireContainment(Containment containment) {
		if (containment == Containment.CGROUP) {
			throw new SysprimsException(ErrorKind.NOT_SUPPORTED,
					"This backend cannot hold a process tree in a cgroup: that takes the native one on Linux."
							+ " Use the containment auto, and see the platform's warnings for what is missing.");
		}
	}

	/**
	 * Where trees are decided.
	 * @return the one sweeper of this backend
	 */
	Sweeper sweeper();

	/**
	 * What starts programs.
	 * @return the one spawner of this backend
	 */
	Spawner spawner();

	/**
	 * One process.
	 * @param pid its number
	 * @param detail whose {@code includesEnv} and {@code includesThreadCount} count; its
	 * conditions do not
	 * @return the process, or null when there is none
	 * @throws dev.sysprims.process.PermissionDeniedException when the system refuses to
	 * say anything about it
	 */
	@Nullable ProcessInfo read(long pid, ProcessFilter detail);

	/**
	 * The processes that match; those that vanish meanwhile are left out.
	 * @param filter which, and what to read of each
	 * @return the processes in order of their pid
	 */
	List<ProcessInfo> list(ProcessFilter filter);

	/**
	 * The table, read now on the calling thread.
	 * @return a new table
	 */
	ProcessTable table();

	/**
	 * One line of the table, read now.
	 * @param pid the number
	 * @return the entry, a zombie's too, or null when there is no such process
	 * @throws dev.sysprims.process.PermissionDeniedException when there is one that is
	 * hidden from this user
	 * @throws dev.sysprims.process.SysprimsException when it cannot be read, as without a
	 * free descriptor
	 */
	@Nullable ProcessEntry entry(long pid);

	/**
	 * The strongest identity of the process that has this number now; a zombie has one
	 * too.
	 * @param pid the number
	 * @return the identity, or null when there is no such process
	 * @throws dev.sysprims.process.SysprimsException of kind system when its start cannot
	 * be read
	 */
	@Nullable ProcessIdentity identify(long pid);

	/**
	 * The identity of a line of the table, as strong as the line allows.
	 * @param key the process
	 * @return its identity
	 */
	ProcessIdentity identityOf(ProcessKey key);

	/**
	 * The key of a stored identity, if it is one of this boot and of this backend's own
	 * terms.
	 * @param identity the identity
	 * @return its line's key, or null when it cannot be compared with this backend's
	 * tables
	 */
	@Nullable ProcessKey keyOf(ProcessIdentity identity);

	/**
	 * Whether the stored identity still names a process. Unknown when the process is
	 * there but its start cannot be read.
	 * @param identity the identity
	 * @return one of the four answers
	 */
	IdentityCheck check(ProcessIdentity identity);

	/**
	 * Pins a process and watches its exit. One that is gone already, or whose number
	 * belongs to another, is reported as exited at once and refuses signals.
	 * @param key which process
	 * @param onExit told once, on a thread of the backend; the status is unknown where
	 * the system does not say
	 * @return the pin, to be closed
	 */
	PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit);

	/**
	 * The value of {@link JobMarker#VARIABLE} that a process has, as far as it may be
	 * read.
	 * @param key the process
	 * @return the value, or null when there is none, it may not be read or the process is
	 * gone
	 * @throws SysprimsException of kind system when this JVM cannot look, for lack of a
	 * descriptor
	 */
	default @Nullable String markerOf(ProcessKey key) {
		return null;
	}

	/**
	 * The pipes on the descriptors 0 to 2 of a process, as far as they may be read. Not
	 * on all of them: between fork and exec a child of this JVM has copies of its own.
	 * @param key the process
	 * @return a name for each, unique while the pipe exists
	 * @throws SysprimsException of kind system when this JVM cannot look, for lack of a
	 * descriptor
	 */
	default Set<String> pipesOf(ProcessKey key) {
		return Set.of();
	}

	/**
	 * Whether orphans become children of this JVM, so that it has to reap those of its
	 * trees.
	 * @return true when it is PID 1 or was made a subreaper
	 */
	default boolean adoptsOrphans() {
		return false;
	}

	/**
	 * From now on orphans of all descendants of this JVM become its children, those of
	 * other code's children too ({@code PR_SET_CHILD_SUBREAPER}). Idempotent.
	 * @throws dev.sysprims.process.SysprimsException of kind not_supported where there is
	 * no such thing
	 */
	default void adoptOrphans() {
		throw new SysprimsException(ErrorKind.NOT_SUPPORTED,
				"This backend cannot adopt orphans: switch the subreaper off.");
	}

	/**
	 * Reaps a zombie that this JVM has adopted, or that a member of a tree has made its
	 * child by {@code clone(CLONE_PARENT)}; without effect on any other process, and on a
	 * child that was spawned here. To be called for members of our trees only: other code
	 * of this JVM waits for children of its own.
	 * @param key the zombie, a member of a tree of ours
	 * @throws SysprimsException of kind system when this JVM cannot look, for lack of a
	 * descriptor
	 */
	default void reapOrphan(ProcessKey key) {
	}

	/**
	 * Whether a process that has ended was in a container that this JVM made: of a zombie
	 * that nobody saw alive, that alone tells that it was a member of a tree of ours.
	 * @param zombie a child of this JVM
	 * @return false too when it is gone, or hidden from us
	 * @throws SysprimsException of kind system when this JVM cannot look, for lack of a
	 * descriptor
	 */
	default boolean wasContained(ProcessKey zombie) {
		return false;
	}

	/**
	 * What ends trees when this JVM dies.
	 * @return the watchdog
	 */
	default Watchdog watchdog() {
		return Watchdog.NONE;
	}

	/**
	 * Gives up what is kept for the next start only, as soon as nobody needs it: none is
	 * expected. One that comes nevertheless finds everything as before.
	 */
	default void releaseIdle() {
	}

}
