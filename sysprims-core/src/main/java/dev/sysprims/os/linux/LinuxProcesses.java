package dev.sysprims.os.linux;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.sun.jna.Native;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * The processes of this PID namespace, read from {@code /proc}. Thread-safe.
 * <p>
 * A directory in {@code /proc} can be opened by the number of a thread too, though it is
 * not listed; whatever asks for one number looks at {@code Tgid}, so that a thread is
 * never taken for a process.
 */
final class LinuxProcesses {

	private static final String SCHEME = "linux";

	/** What every architecture but Alpha shows: include/asm-generic/param.h. */
	private static final long USER_HZ = 100;

	/** How often to start again when a number passes to another process while read. */
	private static final int ATTEMPTS = 5;

	private final File root;

	private final KernelFacts kernel;

	private final ProcReader reader;

	private final TableReader tables;

	private final ProcessDetails details;

	private final String bootId;

	private final boolean othersHidden;

	/**
	 * The processes that {@code /proc} shows.
	 * @param kernel what {@code /proc} does not tell
	 * @throws SysprimsException of kind system when {@code /proc} is not there, is that
	 * of another PID namespace, or does not tell which boot this is
	 */
	LinuxProcesses(KernelFacts kernel) {
		this(new File("/proc"), ProcessHandle.current().pid(), kernel);
	}

	/** Reads a directory that looks like {@code /proc}. */
	LinuxProcesses(File root, long self, KernelFacts kernel) {
		this.root = root;
		this.kernel = kernel;
		this.reader = new ProcReader(root);
		this.tables = new TableReader(this.reader, root, self);
		this.details = new ProcessDetails(this.reader,
				new BootClock(Clock.systemUTC(), kernel::bootNanos, ticksPerSecond()),
				new UserNames(new File("/etc/passwd")));
		this.bootId = readOwn("sys/kernel/random/boot_id").trim();
		this.othersHidden = ProcMount.hidesOthers(readOwn("self/mountinfo"), root.getPath());
		if (readOwnStat() != self) {
			throw new SysprimsException(ErrorKind.SYSTEM,
					root + " belongs to another PID namespace: this JVM is process " + self
							+ " and not the one there. Mount procfs in this container.");
		}
	}

	/**
	 * What is weaker here than it could be.
	 * @return full sentences with the reasons
	 */
	List<String> warnings() {
		if (this.othersHidden) {
			return List.of(this.root + " is mounted with hidepid: unless this JVM runs as root, a member of a tree "
					+ "that changed its user (sudo, a setuid program) cannot be seen. Where it was seen before it counts "
					+ "as a survivor, else as gone, unless a cgroup holds the tree. Mount procfs without hidepid, or "
					+ "run this JVM as a member of the group that the mount names (gid=).");
		}
		return List.of();
	}

	/**
	 * All processes, zombies too.
	 * @throws SysprimsException of kind system when they cannot be listed or looked at;
	 * never a table with a gap that looks like an exit
	 */
	ProcessTable table() {
		return this.tables.read();
	}

	/**
	 * One line of the table.
	 * @return the line, or null when there is no such process
	 * @throws PermissionDeniedException when there is one that is hidden: it has not
	 * exited
	 */
	@Nullable ProcessEntry entry(long pid) {
		try {
			ProcStat stat = process(pid);
			return (stat != null) ? stat.toEntry() : null;
		}
		catch (ProcessHiddenException ex) {
			throw denied(pid);
		}
	}

	/**
	 * One process.
	 * @return the process, or null when there is none
	 * @throws PermissionDeniedException when nothing of it may be read
	 */
	@Nullable ProcessInfo read(long pid, ProcessFilter detail) {
		try {
			return readShown(pid, detail);
		}
		catch (ProcessHiddenException ex) {
			throw denied(pid);
		}
	}

	/** The processes that match, by pid; those that vanish or are hidden are left out. */
	List<ProcessInfo> list(ProcessFilter filter) {
		Set<Long> wanted = filter.pids();
		long[] pids = (wanted != null) ? wanted.stream().mapToLong(Long::longValue).toArray() : this.reader.pids();
		Arrays.sort(pids);
		List<ProcessInfo> found = new ArrayList<>();
		for (long pid : pids) {
			try {
				ProcessInfo process = readShown(pid, filter);
				if (process != null && filter.matches(process)) {
					found.add(process);
				}
			}
			catch (ProcessHiddenException ex) {
				// Left out, as documented.
			}
		}
		return found;
	}

	/**
	 * The identity of the process that has this number now, with the inode of its pidfd
	 * where there is one.
	 * @return the identity, or null when there is no such process
	 * @throws SysprimsException of kind system when there is one whose start cannot be
	 * read
	 */
	@Nullable ProcessIdentity identify(long pid) {
		try {
			ProcStat stat = process(pid);
			for (int i = 0; stat != null && i < ATTEMPTS; i++) {
				Long inode = this.kernel.pidfdInode(pid);
				// Only if the process is the same before and after is the inode its own.
				ProcStat after = process(pid);
				if (after != null && after.start() == stat.start()) {
					return identity(stat.key(), inode);
				}
				stat = after;
			}
			return null;
		}
		catch (ProcessHiddenException ex) {
			throw new SysprimsException(ErrorKind.SYSTEM,
					"There is a process " + pid + ", but its start cannot be read (EPERM): " + this.root
							+ " is mounted with hidepid. It cannot be told from a later one with its number.");
		}
	}

	/**
	 * The identity of a child that nobody has reaped: its number cannot pass to another
	 * process, so that one look is enough.
	 * @param pid the child
	 * @param inode of its pidfd, or null where there is none
	 * @return the identity, or null when it cannot be seen
	 */
	@Nullable ProcessIdentity identifyChild(long pid, @Nullable Long inode) {
		try {
			ProcStat stat = this.reader.stat(pid, ProcReader.buffer());
			return (stat != null) ? identity(stat.key(), inode) : null;
		}
		catch (ProcessHiddenException ex) {
			return null;
		}
	}

	/** The identity of a line of a table: without inode. */
	ProcessIdentity identityOf(ProcessKey key) {
		return identity(key, null);
	}

	/** The line's key of an identity of this boot, else null. */
	@Nullable ProcessKey keyOf(ProcessIdentity identity) {
		return (identity.scheme().equals(SCHEME) && identity.bootId().equals(this.bootId))
				? new ProcessKey(identity.pid(), identity.start()) : null;
	}

	/** Whether an identity still names a process; a zombie is the same. */
	IdentityCheck check(ProcessIdentity identity) {
		if (!identity.scheme().equals(SCHEME)) {
			return IdentityCheck.UNKNOWN;
		}
		try {
			ProcessIdentity now = identify(identity.pid());
			return (now != null) ? identity.compareWith(now) : IdentityCheck.GONE;
		}
		catch (SysprimsException ex) {
			return IdentityCheck.UNKNOWN;
		}
	}

	private ProcessIdentity identity(ProcessKey key, @Nullable Long inode) {
		return new ProcessIdentity(SCHEME, this.bootId, key.pid(), key.start(), inode);
	}

	/**
	 * The stat line of a process.
	 * @return the line, or null when there is no such process or the number is a thread's
	 * @throws ProcessHiddenException when there is one that may not be looked at
	 */
	private @Nullable ProcStat process(long pid) throws ProcessHiddenException {
		ProcStat stat = this.reader.stat(pid, ProcReader.buffer());
		return (status(pid) != null) ? stat : null;
	}

	private @Nullable ProcStatus status(long pid) throws ProcessHiddenException {
		byte[] content = this.reader.read(pid, "status");
		if (content == null) {
			if (this.othersHidden && this.kernel.exists(pid)) {
				throw new ProcessHiddenException();
			}
			return null;
		}
		ProcStatus status = ProcStatus.parse(new String(content, StandardCharsets.UTF_8));
		boolean thread = status.processId() != null && status.processId() != pid;
		return thread ? null : status;
	}

	private @Nullable ProcessInfo readShown(long pid, ProcessFilter detail) throws ProcessHiddenException {
		byte[] buffer = ProcReader.buffer();
		ProcStat stat = this.reader.stat(pid, buffer);
		for (int i = 0; i < ATTEMPTS; i++) {
			ProcStatus status = status(pid);
			if (stat == null || status == null) {
				return null;
			}
			ProcessInfo process = this.details.read(stat, status, detail);
			ProcStat after = this.reader.stat(pid, buffer);
			if (after != null && after.start() == stat.start()) {
				return process;
			}
			stat = after;
		}
		return null; // ended while it was read: what was read may have gaps
	}

	private PermissionDeniedException denied(long pid) {
		return new PermissionDeniedException("Nothing of process " + pid + " may be read (EPERM): " + this.root
				+ " is mounted with hidepid. Run as that process's user, or as a member of the group that the mount names.");
	}

	private long readOwnStat() {
		String stat = readOwn("self/stat");
		byte[] text = stat.getBytes(StandardCharsets.ISO_8859_1);
		return ProcStat.parse(text, text.length).pid();
	}

	private String readOwn(String name) {
		try {
			return new String(Files.readAllBytes(new File(this.root, name).toPath()), StandardCharsets.ISO_8859_1);
		}
		catch (IOException ex) {
			throw new SysprimsException(ErrorKind.SYSTEM, new File(this.root, name) + " cannot be read: "
					+ ex.getMessage() + ". Check that procfs is mounted and this JVM may read it.", ex);
		}
	}

	private static long ticksPerSecond() {
		try {
			byte[] content = Files.readAllBytes(new File("/proc/self/auxv").toPath());
			return AuxiliaryVector.value(content, Native.POINTER_SIZE, AuxiliaryVector.AT_CLKTCK).orElse(USER_HZ);
		}
		catch (IOException ex) {
			return USER_HZ; // not readable for a program with file capabilities
		}
	}

}
