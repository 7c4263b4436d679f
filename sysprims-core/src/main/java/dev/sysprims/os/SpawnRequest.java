package dev.sysprims.os;

import dev.sysprims.process.Command;

/**
 * What to start.
 *
 * @param command program, arguments, directory, environment
 * @param stdin what it reads
 * @param stdout where its output goes; never {@link ChildOutput.SameAsStdout}
 * @param stderr where its error output goes
 */
public record SpawnRequest(Command command, ChildInput stdin, ChildOutput stdout, ChildOutput stderr) {

}
