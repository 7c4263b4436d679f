package dev.sysprims.os;

import dev.sysprims.process.Command;
import dev.sysprims.process.Containment;

/**
 * What to start.
 *
 * @param command program, arguments, directory, environment
 * @param stdin what it reads
 * @param stdout where its output goes; never {@link ChildOutput.SameAsStdout}
 * @param stderr where its error output goes
 * @param containment what is to hold its tree together
 * @param atJvmDeath what becomes of its tree when this JVM dies
 */
public record SpawnRequest(Command command, ChildInput stdin, ChildOutput stdout, ChildOutput stderr,
		Containment containment, AtJvmDeath atJvmDeath) {

	/**
	 * What to start, held as strongly as the system can, and ended with this JVM.
	 * @param command program, arguments, directory, environment
	 * @param stdin what it reads
	 * @param stdout where its output goes; never {@link ChildOutput.SameAsStdout}
	 * @param stderr where its error output goes
	 */
	public SpawnRequest(Command command, ChildInput stdin, ChildOutput stdout, ChildOutput stderr) {
		this(command, stdin, stdout, stderr, Containment.AUTO, AtJvmDeath.END);
	}

}
