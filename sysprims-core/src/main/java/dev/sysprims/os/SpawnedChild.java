package dev.sysprims.os;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;

import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

/**
 * A program that this JVM started and nobody but {@link #reap()} waits for. While it is
 * not reaped, its number and the number of its group cannot be given to others.
 * Thread-safe.
 */
public interface SpawnedChild {

	/**
	 * Which process it is.
	 * @return the identity, taken while the number was pinned
	 */
	ProcessIdentity identity();

	/**
	 * Its line in a process table.
	 * @return the key
	 */
	ProcessKey key();

	/**
	 * The process group and session that it leads.
	 * @return the group, equal to the pid, or null when it leads none
	 */
	@Nullable Long pgid();

	/**
	 * What the kernel holds its tree in.
	 * @return the container, or null where members can leave
	 */
	default @Nullable KernelContainer container() {
		return null;
	}

	/**
	 * What the program and its descendants carry in {@link JobMarker#VARIABLE}.
	 * @return the marker, or null when it was given none
	 */
	default @Nullable String marker() {
		return null;
	}

	/**
	 * The pipes that it was given as output.
	 * @return names as {@link OperatingSystem#pipesOf} knows them
	 */
	default Set<String> pipes() {
		return Set.of();
	}

	/**
	 * What becomes of its tree when this JVM dies.
	 * @return as it was asked for
	 */
	default AtJvmDeath atJvmDeath() {
		return AtJvmDeath.END;
	}

	/**
	 * What is weaker than it could be.
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
	 * Sends a signal to every process of its group at once. Refused once the child was
	 * reaped, when nothing pins the group's number any more.
	 * @param signal the signal
	 * @return {@link SignalOutcome#GONE} when nothing is left to signal or the child was
	 * reaped, and {@link SignalOutcome#NOT_SUPPORTED} when it leads no group
	 */
	SignalOutcome signalGroup(Signal signal);

	/**
	 * Takes the status from the kernel and frees the number. Of a child that still runs
	 * this only asks that it be reaped when it exits. Idempotent.
	 * @return how it ended and what it used; an unknown status when it still runs
	 */
	Reaped reap();

	/**
	 * Where the program's input is written.
	 * @return the stream for {@link ChildInput.Stream}, else one that refuses bytes
	 */
	OutputStream stdin();

	/**
	 * Where its output is read.
	 * @return the stream for {@link ChildOutput.Stream}, else an empty one
	 */
	InputStream stdout();

	/**
	 * Where its error output is read.
	 * @return the stream for {@link ChildOutput.Stream}, else an empty one
	 */
	InputStream stderr();

	/**
	 * Ends input and output: closes stdin, delivers what is in the pipes already (sinks
	 * get {@link ByteSink#end()}, readers of a stream get the bytes and then the end of
	 * file), and lets go of the pipes, whoever else may hold them. Idempotent.
	 * @param done called once when that is done: at once where there are no pipes, else
	 * on a thread of the backend
	 */
	void finishStreams(Runnable done);

}
