package dev.sysprims.os.linux;

import java.nio.charset.StandardCharsets;

import com.sun.jna.Native;
import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.TableFile;

/**
 * A file in memory: {@code memfd_create(2)}. Its name is seen in {@code /proc/PID/fd}.
 */
final class MemoryFile implements TableFile {

	private static final byte[] NAME = cString("sysprims-watchdog");

	private final int fd;

	private MemoryFile(int fd) {
		this.fd = fd;
	}

	static MemoryFile create() throws ErrnoException {
		int fd = LinuxC.memfd_create(NAME, LinuxC.MFD_CLOEXEC | LinuxC.MFD_NOEXEC_SEAL);
		if (fd == -1 && Native.getLastError() == Errno.EINVAL) {
			fd = LinuxC.memfd_create(NAME, LinuxC.MFD_CLOEXEC);
		}
		return new MemoryFile(Descriptors.aboveStdio(fd, "memfd_create"));
	}

	@Override
	public void write(byte[] bytes, long offset) throws ErrnoException {
		long written = LinuxC.pwrite(this.fd, bytes, bytes.length, offset);
		if (written == -1) {
			throw ErrnoException.last("pwrite");
		}
		if (written < bytes.length) {
			throw new ErrnoException("pwrite", Errno.ENOSPC);
		}
	}

	@Override
	public void truncate(long size) throws ErrnoException {
		if (LinuxC.ftruncate(this.fd, size) == -1) {
			throw ErrnoException.last("ftruncate");
		}
	}

	@Override
	public int openForReading() throws ErrnoException {
		// Not a copy: that would share the offset, and could write.
		byte[] path = cString("/proc/self/fd/" + this.fd);
		return Descriptors.aboveStdio(LinuxC.open(path, LinuxC.O_RDONLY | LinuxC.O_CLOEXEC, 0), "open");
	}

	@Override
	public void close() {
		Descriptors.close(this.fd);
	}

	private static byte[] cString(String text) {
		return (text + '\0').getBytes(StandardCharsets.US_ASCII);
	}

}
