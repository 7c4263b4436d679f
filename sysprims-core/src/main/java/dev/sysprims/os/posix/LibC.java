package dev.sysprims.os.posix;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of libc that every supported version has, mapped directly: a missing one
 * fails the whole class, so optional functions have classes of their own. Addresses are
 * {@code long}: all supported systems are 64-bit ones.
 * <p>
 * {@code open}, {@code fcntl} and {@code ioctl} are variadic in C. A fixed prototype is
 * right on Linux, where x86-64 and aarch64 pass both kinds alike; macOS on arm64 does
 * not.
 */
final class LibC {

	static final int O_RDONLY = 0;

	static final int O_WRONLY = 1;

	static final int O_RDWR = 2;

	static final int O_ACCMODE = 3;

	static final int O_CREAT = 0x40;

	static final int O_NOCTTY = 0x100;

	static final int O_TRUNC = 0x200;

	static final int O_APPEND = 0x400;

	static final int O_NONBLOCK = 0x800;

	static final int O_CLOEXEC = 0x80000;

	static final int F_GETFD = 1;

	static final int F_GETFL = 3;

	static final int F_SETFL = 4;

	static final int F_DUPFD_CLOEXEC = 1030;

	static final int F_GETPIPE_SZ = 1032;

	static final int FD_CLOEXEC = 1;

	static final long FIONREAD = 0x541B;

	static final int F_OK = 0;

	static final int X_OK = 1;

	static final int P_PID = 1;

	static final int WNOHANG = 1;

	static final int WEXITED = 4;

	static final int WNOWAIT = 0x1000000;

	static final int RUSAGE_SELF = 0;

	static {
		Native.register(LibC.class, Platform.C_LIBRARY_NAME);
	}

	private LibC() {
	}

	/** Returns its error, does not set errno. */
	static native int posix_spawn(long pid, long path, long fileActions, long attributes, long argv, long envp);

	static native int posix_spawnattr_init(long attributes);

	static native int posix_spawnattr_destroy(long attributes);

	static native int posix_spawnattr_setflags(long attributes, short flags);

	static native int posix_spawnattr_setsigmask(long attributes, long set);

	static native int posix_spawnattr_setsigdefault(long attributes, long set);

	static native int posix_spawn_file_actions_init(long fileActions);

	static native int posix_spawn_file_actions_destroy(long fileActions);

	static native int posix_spawn_file_actions_adddup2(long fileActions, int from, int to);

	static native int posix_spawn_file_actions_addclose(long fileActions, int fd);

	/** Since glibc 2.29, which is why that is the floor. */
	static native int posix_spawn_file_actions_addchdir_np(long fileActions, long path);

	static native int waitid(int idType, int id, int[] siginfo, int options);

	static native int wait4(int pid, int[] status, int options, long[] rusage);

	static native int getrusage(int who, long[] rusage);

	static native int kill(int pid, int signal);

	static native int sigaction(int signal, @Nullable Pointer action, byte[] old);

	static native int pipe2(int[] fds, int flags);

	static native int open(byte[] path, int flags, int mode);

	static native int access(byte[] path, int mode);

	/** Without a NUL at the end; cuts off what does not fit. */
	static native long readlink(byte[] path, byte[] target, long size);

	static native int fcntl(int fd, int command, int argument);

	static native int ioctl(int fd, long request, int[] argument);

	static native long read(int fd, Pointer buffer, long count);

	static native long write(int fd, Pointer buffer, long count);

	static native int close(int fd);

}
