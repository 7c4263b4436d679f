package dev.sysprims.os.linux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.NativeText;

/**
 * A directory of the cgroup v2 file system, see {@code cgroups(7)}. With the kernel's own
 * error numbers, which mean different things here and which {@code java.nio} does not
 * tell.
 *
 * @param path where it is
 */
record CgroupDirectory(Path path) {

	private static final int MODE = 0755;

	private static final int BUFFER = 4096;

	/**
	 * Makes it.
	 * @throws ErrnoException when it cannot be made, {@link Errno#EEXIST} too
	 */
	void make() throws ErrnoException {
		if (LinuxC.mkdir(NativeText.cString(this.path), MODE) == -1) {
			throw ErrnoException.last("mkdir(" + this.path + ")");
		}
	}

	CgroupDirectory child(String name) {
		return new CgroupDirectory(this.path.resolve(name));
	}

	/** Opens one of the kernel's files in it, to be closed by the caller. */
	int open(String name, int flags) throws ErrnoException {
		int fd = LinuxC.open(NativeText.cString(this.path.resolve(name)), flags | LinuxC.O_CLOEXEC | LinuxC.O_NOCTTY,
				0);
		return Descriptors.aboveStdio(fd, "open(" + name + ")");
	}

	String read(String name) throws ErrnoException {
		int fd = open(name, LinuxC.O_RDONLY);
		try {
			return read(fd, name);
		}
		finally {
			Descriptors.close(fd);
		}
	}

	/** The whole file from its beginning. */
	static String read(int fd, String name) throws ErrnoException {
		LinuxC.lseek(fd, 0, 0);
		byte[] buffer = new byte[BUFFER];
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		long count;
		while ((count = LinuxC.read(fd, buffer, BUFFER)) > 0) {
			all.write(buffer, 0, (int) count);
		}
		if (count == -1) {
			throw ErrnoException.last("read(" + name + ")");
		}
		return all.toString(StandardCharsets.US_ASCII);
	}

	void write(String name, String text) throws ErrnoException {
		int fd = open(name, LinuxC.O_WRONLY);
		try {
			byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
			if (LinuxC.write(fd, bytes, bytes.length) == -1) {
				throw ErrnoException.last("write(" + name + ")");
			}
		}
		finally {
			Descriptors.close(fd);
		}
	}

	/** Whether a process lives in it or below it; not when it is gone. */
	boolean isPopulated() throws ErrnoException {
		try {
			return isPopulated(read("cgroup.events"));
		}
		catch (ErrnoException ex) {
			if (isGone(ex)) {
				return false;
			}
			throw ex;
		}
	}

	/** What {@code cgroup.events} says. */
	static boolean isPopulated(String events) {
		return events.lines().noneMatch("populated 0"::equals);
	}

	/**
	 * The processes in it, not those below it.
	 * @return their numbers; none when it is gone, or a member made it a threaded one,
	 * whose processes are listed above it
	 */
	List<Long> processes() throws ErrnoException {
		try {
			// 0 is a process that this PID namespace does not have.
			return read("cgroup.procs").lines().map(Long::valueOf).filter((pid) -> pid > 0).toList();
		}
		catch (ErrnoException ex) {
			if (isGone(ex) || ex.errno() == Errno.EOPNOTSUPP) {
				return List.of();
			}
			throw ex;
		}
	}

	/** Those that were made in it; none when it is gone. */
	List<CgroupDirectory> children() throws ErrnoException {
		List<CgroupDirectory> children = new ArrayList<>();
		try (DirectoryStream<Path> found = Files.newDirectoryStream(this.path, Files::isDirectory)) {
			found.forEach((child) -> children.add(new CgroupDirectory(child)));
		}
		catch (NoSuchFileException | NotDirectoryException ex) {
			return List.of();
		}
		catch (IOException | DirectoryIteratorException ex) {
			if (!Files.exists(this.path)) {
				return List.of();
			}
			throw new ErrnoException("Listing " + this.path, Errno.EMFILE);
		}
		return children;
	}

	/**
	 * Removes it with all below it, from the bottom up.
	 * @throws ErrnoException {@link Errno#EBUSY} while a member lives, or one that was
	 * killed is not gone yet
	 */
	void remove() throws ErrnoException {
		if (LinuxC.rmdir(NativeText.cString(this.path)) == 0) {
			return;
		}
		ErrnoException failure = ErrnoException.last("rmdir(" + this.path + ")");
		if (failure.errno() == Errno.ENOENT) {
			return;
		}
		List<CgroupDirectory> children = children();
		if (failure.errno() != Errno.EBUSY || children.isEmpty()) {
			throw failure;
		}
		for (CgroupDirectory child : children) {
			child.remove();
		}
		if (LinuxC.rmdir(NativeText.cString(this.path)) == -1) {
			throw ErrnoException.last("rmdir(" + this.path + ")");
		}
	}

	/** Whether an error means that the directory is not there any more. */
	static boolean isGone(ErrnoException failure) {
		return failure.errno() == Errno.ENOENT || failure.errno() == Errno.ENODEV;
	}

}
