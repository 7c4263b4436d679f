package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * The JVM whose cgroups these are, as their name tells it, so that a later JVM can see
 * that it is dead. A number means something only in its PID namespace; cgroups of another
 * one are left alone.
 *
 * @param namespace the inode of the PID namespace
 * @param pid the JVM
 * @param start its start, in ticks since boot
 */
record CgroupOwner(String namespace, long pid, long start) {

	private static final Pattern NAME = Pattern.compile("sysprims-(\\d{1,20})-(\\d{1,10})-(\\d{1,18})-\\d{1,10}");

	/** This JVM. */
	static CgroupOwner self(LinuxProcesses processes) throws IOException {
		long pid = ProcessHandle.current().pid();
		ProcessEntry entry = processes.entry(pid);
		if (entry == null) {
			throw new IOException("process " + pid + ", this JVM, cannot be seen");
		}
		String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
		return new CgroupOwner(link.replaceAll("\\D", ""), pid, entry.key().start());
	}

	/**
	 * Whose it is.
	 * @param name of a directory
	 * @return the owner, or null when it is none of ours
	 */
	static @Nullable CgroupOwner parse(String name) {
		Matcher matcher = NAME.matcher(name);
		return matcher.matches()
				? new CgroupOwner(matcher.group(1), Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3)))
				: null;
	}

	/** The name of one of its directories. */
	String name(int number) {
		return "sysprims-" + this.namespace + "-" + this.pid + "-" + this.start + "-" + number;
	}

	/**
	 * Removes what dead JVMs left behind, unless somebody lives in it: a job may have
	 * been declared to outlive its JVM.
	 */
	void removeStale(CgroupDirectory base, LinuxProcesses processes) {
		try {
			for (CgroupDirectory found : base.children()) {
				CgroupOwner owner = parse(String.valueOf(found.path().getFileName()));
				if (owner != null && owner.namespace.equals(this.namespace) && owner.isDead(processes)) {
					removeEmpty(found);
				}
			}
		}
		catch (ErrnoException ex) {
			// It is tried again at the next start.
		}
	}

	private boolean isDead(LinuxProcesses processes) {
		try {
			ProcessEntry entry = processes.entry(this.pid);
			return entry == null || entry.ended() || entry.key().start() != this.start;
		}
		catch (SysprimsException ex) {
			return false;
		}
	}

	/** Those of its jobs that are empty; and with the last one it itself. */
	private static void removeEmpty(CgroupDirectory found) throws ErrnoException {
		for (CgroupDirectory job : found.children()) {
			if (!job.isPopulated()) {
				tryRemove(job);
			}
		}
		if (!found.isPopulated()) {
			tryRemove(found);
		}
	}

	private static void tryRemove(CgroupDirectory empty) {
		try {
			empty.remove();
		}
		catch (ErrnoException ex) {
			// Another JVM that starts now does the same, or somebody has just gone in.
		}
	}

}
