package dev.sysprims.os;

/**
 * One line of a process table.
 *
 * @param key which process
 * @param ppid its parent, or 0
 * @param pgid its process group, or {@link #UNKNOWN}
 * @param sid its session, or {@link #UNKNOWN}
 * @param ended whether it is a zombie or dead: it has exited, and counts as gone
 * @param name the kernel's short name for it
 */
public record ProcessEntry(ProcessKey key, long ppid, long pgid, long sid, boolean ended, String name) {

	/** What a backend says for a group or session that it cannot see. */
	public static final long UNKNOWN = -1;

	/**
	 * The process id.
	 * @return the pid
	 */
	public long pid() {
		return this.key.pid();
	}

}
