package dev.sysprims.os.linux;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of {@code /proc}. A file that cannot be read means one of three things that
 * must not be mixed up: the process is gone, the system does not show it to us, or this
 * JVM has no descriptor left to look. Takes {@code java.io} because it costs a quarter of
 * what NIO does for a thousand processes; NIO is asked for the reason of a failure.
 * Thread-safe.
 */
final class ProcReader {

	/** What {@code FileInputStream} reads without allocating native memory. */
	private static final int CHUNK = 8192;

	private final File root;

	/** A reader of this mount of procfs, or of a directory that looks like one. */
	ProcReader(File root) {
		this.root = root;
	}

	/** A buffer that the stat line of any process fits into. */
	static byte[] buffer() {
		return new byte[CHUNK];
	}

	/**
	 * The numbers of all processes.
	 * @throws SysprimsException of kind system when they cannot be listed
	 */
	long[] pids() {
		String[] names = this.root.list();
		if (names == null) {
			throw new SysprimsException(ErrorKind.SYSTEM,
					"Processes cannot be listed: " + reasonWhyNotListed() + " Check that procfs is mounted at "
							+ this.root + " and that this JVM has not reached its limit of open files.");
		}
		return Arrays.stream(names).filter(ProcReader::isNumber).mapToLong(Long::parseLong).toArray();
	}

	/**
	 * The stat line of a process, or null when there is none.
	 * @param buffer from {@link #buffer()}, reused
	 * @throws ProcessHiddenException when the system does not show it to us
	 * @throws SysprimsException of kind system when this JVM cannot look
	 */
	@Nullable ProcStat stat(long pid, byte[] buffer) throws ProcessHiddenException {
		int length;
		try (InputStream in = new FileInputStream(file(pid, "stat"))) {
			length = in.read(buffer); // procfs gives the whole line to the first read
		}
		catch (IOException ex) {
			byte[] content = readAfterFailure(pid, "stat");
			return (content != null) ? parse(pid, content, content.length) : null;
		}
		return parse(pid, buffer, length);
	}

	/**
	 * A whole file of a process.
	 * @return its bytes, or null when the process is gone
	 * @throws ProcessHiddenException when the file may not be read
	 * @throws SysprimsException of kind system when this JVM cannot look
	 */
	byte @Nullable [] read(long pid, String name) throws ProcessHiddenException {
		try (InputStream in = new FileInputStream(file(pid, name))) {
			return readAll(in);
		}
		catch (IOException ex) {
			return readAfterFailure(pid, name);
		}
	}

	/** Where a link of a process points to, or null when that cannot be told. */
	@Nullable String link(long pid, String name) {
		try {
			return Files.readSymbolicLink(file(pid, name).toPath()).toString();
		}
		catch (IOException ex) {
			return null; // gone, a zombie, a kernel thread, or not ours: not known either
							// way
		}
	}

	/** The numbers of the threads of a process; none when they cannot be listed. */
	long[] threads(long pid) {
		String[] names = file(pid, "task").list();
		return (names != null) ? Arrays.stream(names).mapToLong(Long::parseLong).toArray() : new long[0];
	}

	/** The directory of a process. */
	Path directory(long pid) {
		return this.root.toPath().resolve(Long.toString(pid));
	}

	private byte @Nullable [] readAfterFailure(long pid, String name) throws ProcessHiddenException {
		File process = new File(this.root, Long.toString(pid));
		if (!process.exists()) {
			return null;
		}
		String reason;
		try (InputStream in = Files.newInputStream(file(pid, name).toPath())) {
			return readAll(in);
		}
		catch (NoSuchFileException ex) {
			return null;
		}
		catch (AccessDeniedException ex) {
			throw new ProcessHiddenException();
		}
		catch (IOException ex) {
			reason = String.valueOf(ex.getMessage());
		}
		// EPERM of a hidepid mount, ESRCH of a process that ends just now, or EMFILE. The
		// JDK tells them apart only by a text in the user's language; so does this JVM's
		// own file, which can be read unless descriptors are short.
		if (!process.exists()) {
			return null;
		}
		if (canReadOwn()) {
			throw new ProcessHiddenException();
		}
		throw new SysprimsException(ErrorKind.SYSTEM, "Process " + pid + " cannot be looked at: " + reason
				+ ". This JVM may have reached its limit of open files (ulimit -n).");
	}

	private boolean canReadOwn() {
		try (InputStream in = new FileInputStream(new File(this.root, "self/stat"))) {
			return in.read() >= 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static @Nullable ProcStat parse(long pid, byte[] text, int length) {
		if (length <= 0) {
			return null;
		}
		try {
			ProcStat stat = ProcStat.parse(text, length);
			if (stat.pid() == pid) {
				return stat;
			}
			throw new IllegalArgumentException("It is about process " + stat.pid() + ".");
		}
		catch (IllegalArgumentException ex) {
			throw new SysprimsException(ErrorKind.SYSTEM,
					"The stat file of process " + pid + " is not what Linux writes: " + ex.getMessage()
							+ " Check that /proc is the procfs of this PID namespace.",
					ex);
		}
	}

	private static byte[] readAll(InputStream in) throws IOException {
		byte[] chunk = buffer();
		ByteArrayOutputStream all = new ByteArrayOutputStream(512);
		for (int n = in.read(chunk); n > 0; n = in.read(chunk)) {
			all.write(chunk, 0, n);
		}
		return all.toByteArray();
	}

	@SuppressWarnings("StreamResourceLeak") // closed at once; only whether it opens
											// counts
	private String reasonWhyNotListed() {
		try {
			Files.newDirectoryStream(this.root.toPath()).close();
			return "the system gave no reason.";
		}
		catch (IOException ex) {
			return ex.getMessage() + ".";
		}
	}

	private File file(long pid, String name) {
		return new File(this.root, pid + "/" + name);
	}

	private static boolean isNumber(String name) {
		if (name.isEmpty() || name.length() > 10) {
			return false;
		}
		for (int i = 0; i < name.length(); i++) {
			if (name.charAt(i) < '0' || name.charAt(i) > '9') {
				return false;
			}
		}
		return true;
	}

}
