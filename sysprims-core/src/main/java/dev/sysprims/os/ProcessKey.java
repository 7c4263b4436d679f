package dev.sysprims.os;

/**
 * A process during one boot: its number and the tick it started at. Cheap enough for
 * every line of a process table; the form to store is
 * {@link dev.sysprims.process.ProcessIdentity}.
 *
 * @param pid the process id
 * @param start when it started, in the backend's unit
 */
public record ProcessKey(long pid, long start) {

}
