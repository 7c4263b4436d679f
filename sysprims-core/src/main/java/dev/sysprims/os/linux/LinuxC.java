package dev.sysprims.os.linux;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/** The functions of libc that only Linux has, mapped directly. */
final class LinuxC {

	static final int EPOLL_CLOEXEC = 0x80000;

	static final int EPOLL_CTL_ADD = 1;

	static final int EPOLL_CTL_DEL = 2;

	static final int EPOLL_CTL_MOD = 3;

	static final int EPOLLIN = 0x001;

	static final int EPOLLOUT = 0x004;

	static final int EPOLLHUP = 0x010;

	static final int EPOLLONESHOT = 1 << 30;

	static final int EFD_CLOEXEC = 0x80000;

	static final int EFD_NONBLOCK = 0x800;

	static final int PR_SET_TIMERSLACK = 29;

	/** Both since Linux 3.4. */
	static final int PR_SET_CHILD_SUBREAPER = 36;

	static final int PR_GET_CHILD_SUBREAPER = 37;

	static final int O_RDONLY = 0;

	static final int O_WRONLY = 1;

	static final int O_NOCTTY = 0x100;

	static final int O_CLOEXEC = 0x80000;

	static final int O_PATH = 0x200000;

	static final int EPOLLPRI = 0x002;

	static final int F_SETOWN = 8;

	static final int F_SETLEASE = 1024;

	static final int F_GETLEASE = 1025;

	static final int F_DUPFD_CLOEXEC = 1030;

	static final int F_RDLCK = 0;

	static final int F_UNLCK = 2;

	static final int MFD_CLOEXEC = 1;

	/** Since Linux 6.3; systems may be set up to refuse files without it. */
	static final int MFD_NOEXEC_SEAL = 8;

	static {
		Native.register(LinuxC.class, Platform.C_LIBRARY_NAME);
	}

	private LinuxC() {
	}

	static native int epoll_create1(int flags);

	static native int epoll_ctl(int epoll, int operation, int fd, int[] event);

	static native int epoll_wait(int epoll, int[] events, int max, int timeoutMillis);

	static native int eventfd(int initial, int flags);

	static native long read(int fd, long[] counter, long count);

	static native long write(int fd, long[] counter, long count);

	static native int ioctl(int fd, long request, long[] argument);

	static native int fstatfs(int fd, long[] result);

	/** Since glibc 2.28, while {@code fstat} is a macro before 2.33. */
	static native int statx(int directory, byte[] path, int flags, int mask, long[] result);

	/** Variadic in C; a fixed prototype is right for the same reason as with syscall. */
	static native int prctl(int option, long second, long third, long fourth, long fifth);

	static native int open(byte[] path, int flags, int mode);

	static native int fcntl(int fd, int command, int argument);

	static native int dup3(int from, int to, int flags);

	static native long lseek(int fd, long offset, int whence);

	static native long read(int fd, byte[] buffer, long count);

	static native long write(int fd, byte[] buffer, long count);

	static native int mkdir(byte[] path, int mode);

	static native int rmdir(byte[] path);

	/** Since glibc 2.27. */
	static native int memfd_create(byte[] name, int flags);

	static native long pwrite(int fd, byte[] bytes, long count, long offset);

	static native int ftruncate(int fd, long size);

	/** Returns its error; copies the path. */
	static native int posix_spawn_file_actions_addopen(long fileActions, int fd, byte[] path, int flags, int mode);

	/** Returns its error. */
	static native int posix_spawn_file_actions_addclose(long fileActions, int fd);

	static native int clock_gettime(int clock, long[] time);

}
