package dev.sysprims.os.posix;

import java.util.HashMap;
import java.util.Map;

/**
 * The error numbers of {@code errno(3)} that this library meets, with their names and a
 * sentence for people. The numbers are those of Linux, the same on x86-64 and aarch64.
 */
public final class Errno {

	/** Not permitted. */
	public static final int EPERM = 1;

	/** No such file. */
	public static final int ENOENT = 2;

	/** No such process. */
	public static final int ESRCH = 3;

	/** A signal came in between. */
	public static final int EINTR = 4;

	/** No such device, or the other side of a FIFO is not there. */
	public static final int ENXIO = 6;

	/** Argument list too long. */
	public static final int E2BIG = 7;

	/** Not a program. */
	public static final int ENOEXEC = 8;

	/** Not an open descriptor. */
	public static final int EBADF = 9;

	/** No child to wait for. */
	public static final int ECHILD = 10;

	/** Would block, or no more processes. */
	public static final int EAGAIN = 11;

	/** Out of memory. */
	public static final int ENOMEM = 12;

	/** Access denied by the file system. */
	public static final int EACCES = 13;

	/** In use, of a cgroup too that has members or children. */
	public static final int EBUSY = 16;

	/** Exists already. */
	public static final int EEXIST = 17;

	/** The device is gone, of a cgroup too that was removed while its file was open. */
	public static final int ENODEV = 19;

	/** A part of the path is no directory. */
	public static final int ENOTDIR = 20;

	/** Is a directory. */
	public static final int EISDIR = 21;

	/** Invalid argument. */
	public static final int EINVAL = 22;

	/** All descriptors of the system are in use. */
	public static final int ENFILE = 23;

	/** All descriptors of this process are in use. */
	public static final int EMFILE = 24;

	/** The program is being written. */
	public static final int ETXTBSY = 26;

	/** No space left. */
	public static final int ENOSPC = 28;

	/** Mounted read-only. */
	public static final int EROFS = 30;

	/** Nobody reads the pipe. */
	public static final int EPIPE = 32;

	/** Name too long. */
	public static final int ENAMETOOLONG = 36;

	/** The kernel does not have this call. */
	public static final int ENOSYS = 38;

	/** Too many symbolic links. */
	public static final int ELOOP = 40;

	/** Not supported by this kind of file, or by a cgroup of this type. */
	public static final int EOPNOTSUPP = 95;

	/** Too late. */
	public static final int ETIMEDOUT = 110;

	/** The user's share of the disk is used up. */
	public static final int EDQUOT = 122;

	private static final Map<Integer, Entry> KNOWN = new HashMap<>();

	static {
		know(EPERM, "EPERM", "operation not permitted");
		know(ENOENT, "ENOENT", "no such file or directory");
		know(ESRCH, "ESRCH", "no such process");
		know(EINTR, "EINTR", "interrupted by a signal");
		know(5, "EIO", "input/output error");
		know(ENXIO, "ENXIO", "no such device, or nobody at the other side");
		know(E2BIG, "E2BIG", "argument list too long");
		know(ENOEXEC, "ENOEXEC", "not a program that this system can run");
		know(EBADF, "EBADF", "not an open descriptor");
		know(ECHILD, "ECHILD", "no child process");
		know(EAGAIN, "EAGAIN", "resource temporarily unavailable");
		know(ENOMEM, "ENOMEM", "out of memory");
		know(EACCES, "EACCES", "permission denied");
		know(14, "EFAULT", "bad address");
		know(EBUSY, "EBUSY", "device or resource busy");
		know(EEXIST, "EEXIST", "file exists");
		know(ENODEV, "ENODEV", "no such device");
		know(ENOTDIR, "ENOTDIR", "a part of the path is not a directory");
		know(EISDIR, "EISDIR", "is a directory");
		know(EINVAL, "EINVAL", "invalid argument");
		know(ENFILE, "ENFILE", "all descriptors of the system are in use");
		know(EMFILE, "EMFILE", "all descriptors of this process are in use");
		know(25, "ENOTTY", "not the right kind of descriptor");
		know(ETXTBSY, "ETXTBSY", "the program file is open for writing");
		know(27, "EFBIG", "file too large");
		know(ENOSPC, "ENOSPC", "no space left");
		know(EROFS, "EROFS", "read-only file system");
		know(EPIPE, "EPIPE", "broken pipe");
		know(ENAMETOOLONG, "ENAMETOOLONG", "file name too long");
		know(ENOSYS, "ENOSYS", "the kernel does not have this call");
		know(ELOOP, "ELOOP", "too many symbolic links");
		know(75, "EOVERFLOW", "value too large");
		know(80, "ELIBBAD", "damaged program or library");
		know(EOPNOTSUPP, "EOPNOTSUPP", "operation not supported");
		know(ETIMEDOUT, "ETIMEDOUT", "too late");
		know(116, "ESTALE", "stale file handle");
		know(EDQUOT, "EDQUOT", "disk quota exceeded");
	}

	private Errno() {
	}

	/**
	 * The name in {@code errno.h}.
	 * @param errno the number
	 * @return such as {@code ENOENT}; {@code errno 999} for one that is not known here
	 */
	public static String name(int errno) {
		Entry entry = KNOWN.get(errno);
		return (entry != null) ? entry.name : "errno " + errno;
	}

	/**
	 * Name and meaning.
	 * @param errno the number
	 * @return such as {@code ENOENT: no such file or directory}
	 */
	public static String describe(int errno) {
		Entry entry = KNOWN.get(errno);
		return (entry != null) ? entry.name + ": " + entry.sentence : name(errno);
	}

	private static void know(int number, String name, String sentence) {
		KNOWN.put(number, new Entry(name, sentence));
	}

	private record Entry(String name, String sentence) {

	}

}
