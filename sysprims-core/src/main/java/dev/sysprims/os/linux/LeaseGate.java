package dev.sysprims.os.linux;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.JobContainer;
import dev.sysprims.os.posix.Joining;
import dev.sysprims.os.posix.NotContainedException;

/**
 * A gate out of nothing but {@code posix_spawn(3)}: the child opens a file that this JVM
 * holds a lease of ({@code fcntl(2)}), and the kernel makes it wait there, with its three
 * descriptors and nothing else, until its keeper has moved it and gives the lease up.
 * <p>
 * The lease only makes it wait. What lets it pass is a second open, of a descriptor of
 * this JVM that cannot be opened until the child was admitted: a keeper that comes too
 * late, a lease that the kernel takes away after {@code fs.lease-break-time}, a JVM that
 * is killed, whose descriptors are gone before its lease is: the open fails, and the
 * child ends without having executed anything.
 */
final class LeaseGate implements Joining {

	/**
	 * The list of a thread's children is read from its beginning each time, 0.2 ms longer
	 * for 1000 live ones.
	 */
	private static final int WORN = 256;

	private static final int FIRST_FREE = 3;

	private static final File PROC = new File("/proc");

	private final int lease;

	/** Cannot be opened by anybody. */
	private final int refusing;

	/** A copy of {@link #refusing}, or of {@link #lease} when the child may pass. */
	private final int permit;

	private final byte[] leasePath;

	private final byte[] permitPath;

	private final GateKeeper keeper;

	private int passed;

	private LeaseGate(int lease, int refusing, int permit, int children, String self, long patienceNanos)
			throws ErrnoException {
		this.lease = lease;
		this.refusing = refusing;
		this.permit = permit;
		this.leasePath = cString(self + "/fd/" + lease);
		this.permitPath = cString(self + "/fd/" + permit);
		this.keeper = new GateKeeper(this, children, patienceNanos);
	}

	/** A gate for the children of the calling thread. */
	static LeaseGate open() throws ErrnoException {
		return open(leaseBreakNanos());
	}

	/** The same, for a child that waits no longer than that. */
	static LeaseGate open(long patienceNanos) throws ErrnoException {
		long self = ProcessHandle.current().pid();
		requireMainThread(self);
		int lease = -1;
		int refusing = -1;
		int permit = -1;
		int children = -1;
		try {
			lease = leasable();
			refusing = Descriptors.aboveStdio(LinuxC.eventfd(0, LinuxC.EFD_CLOEXEC), "eventfd");
			permit = Descriptors.aboveStdio(LinuxC.fcntl(refusing, LinuxC.F_DUPFD_CLOEXEC, FIRST_FREE), "fcntl");
			children = openOwn("/proc/" + threadDirectory() + "/children", LinuxC.O_RDONLY);
			return new LeaseGate(lease, refusing, permit, children, "/proc/" + self, patienceNanos);
		}
		catch (ErrnoException | RuntimeException ex) {
			for (int fd : new int[] { lease, refusing, permit, children }) {
				Descriptors.close(fd);
			}
			throw ex;
		}
	}

	private static long leaseBreakNanos() {
		try {
			String seconds = Files.readString(new File("/proc/sys/fs/lease-break-time").toPath()).trim();
			return seconds.equals("0") ? Long.MAX_VALUE : TimeUnit.SECONDS.toNanos(Long.parseLong(seconds));
		}
		catch (IOException | NumberFormatException ex) {
			return TimeUnit.SECONDS.toNanos(1);
		}
	}

	/**
	 * Orphans that this JVM adopts become children of its main thread; of any other when
	 * that has ended, and then the newest child of a thread need not be its own.
	 */
	private static void requireMainThread(long self) throws ErrnoException {
		try {
			ProcStat stat = new ProcReader(PROC).stat(self, ProcReader.buffer());
			if (stat == null || stat.toEntry().ended()) {
				throw new ErrnoException("Looking at the JVM's main thread", Errno.ESRCH);
			}
		}
		catch (ProcessHiddenException ex) {
			throw new ErrnoException("Looking at the JVM itself", Errno.EACCES);
		}
	}

	/** Read-only, and open for writing nowhere: else there is no lease to be had. */
	private static int leasable() throws ErrnoException {
		byte[] name = cString("sysprims-gate");
		int fd = LinuxC.memfd_create(name, LinuxC.MFD_CLOEXEC | LinuxC.MFD_NOEXEC_SEAL);
		if (fd == -1) {
			fd = LinuxC.memfd_create(name, LinuxC.MFD_CLOEXEC);
		}
		int writable = Descriptors.aboveStdio(fd, "memfd_create");
		try {
			return openOwn("/proc/self/fd/" + writable, LinuxC.O_RDONLY);
		}
		finally {
			Descriptors.close(writable);
		}
	}

	private static String threadDirectory() throws ErrnoException {
		try {
			return Files.readSymbolicLink(Path.of("/proc/thread-self")).toString();
		}
		catch (IOException ex) {
			throw new ErrnoException("readlink(/proc/thread-self)", Errno.ENOENT);
		}
	}

	private static int openOwn(String path, int flags) throws ErrnoException {
		return Descriptors.aboveStdio(LinuxC.open(cString(path), flags | LinuxC.O_CLOEXEC, 0), "open(" + path + ")");
	}

	private static byte[] cString(String ascii) {
		return (ascii + '\0').getBytes(StandardCharsets.US_ASCII);
	}

	@Override
	public void prepare(long attributes, long fileActions, JobContainer container) throws ErrnoException {
		int flags = LinuxC.O_CLOEXEC | LinuxC.O_NOCTTY;
		add(fileActions, this.leasePath, LinuxC.O_WRONLY | flags);
		add(fileActions, this.permitPath, LinuxC.O_RDONLY | flags);
		check("posix_spawn_file_actions_addclose", LinuxC.posix_spawn_file_actions_addclose(fileActions, FIRST_FREE));
		setPermit(this.refusing);
		if (LinuxC.fcntl(this.lease, LinuxC.F_SETLEASE, LinuxC.F_RDLCK) == -1) {
			throw ErrnoException.last("fcntl(F_SETLEASE)");
		}
		// Else the kernel tells this JVM of the one who waits, by a SIGIO that ends it.
		LinuxC.fcntl(this.lease, LinuxC.F_SETOWN, 0);
		this.keeper.expect(container);
	}

	private static void add(long fileActions, byte[] path, int flags) throws ErrnoException {
		check("posix_spawn_file_actions_addopen",
				LinuxC.posix_spawn_file_actions_addopen(fileActions, FIRST_FREE, path, flags, 0));
	}

	private static void check(String call, int error) throws ErrnoException {
		if (error != 0) {
			throw new ErrnoException(call, error);
		}
	}

	/** Whether somebody waits, or has waited for too long. */
	boolean isKnockedAt() {
		return LinuxC.fcntl(this.lease, LinuxC.F_GETLEASE, 0) == LinuxC.F_UNLCK;
	}

	/** Whoever waits may pass. */
	void permit() throws ErrnoException {
		setPermit(this.lease);
	}

	private void setPermit(int fd) throws ErrnoException {
		if (LinuxC.dup3(fd, this.permit, LinuxC.O_CLOEXEC) == -1) {
			throw ErrnoException.last("dup3");
		}
	}

	/** Whoever waits goes on, into the second open. */
	void release() {
		LinuxC.fcntl(this.lease, LinuxC.F_SETLEASE, LinuxC.F_UNLCK);
	}

	@Override
	public void settle(int error, int pid) throws NotContainedException {
		this.passed++;
		int admitted;
		try {
			admitted = this.keeper.admitted();
		}
		catch (NotContainedException ex) {
			if (error == Errno.EAGAIN || error == Errno.ENOMEM) {
				return; // there was no child: no gate is to blame
			}
			throw ex;
		}
		if (error == 0 && admitted != pid) {
			throw new NotContainedException("process " + admitted + " was taken for the child " + pid);
		}
	}

	@Override
	public boolean isAmbiguous(int error) {
		return false;
	}

	@Override
	public boolean isWorn() {
		return this.passed >= WORN || this.keeper.hasEnded();
	}

	/** The keeper closes the descriptors, when it is done with them. */
	@Override
	public void close() {
		this.keeper.end();
	}

	void closeDescriptors() {
		Descriptors.close(this.lease);
		Descriptors.close(this.refusing);
		Descriptors.close(this.permit);
	}

}
