package dev.sysprims.os.posix;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

import com.sun.jna.Native;
import dev.sysprims.process.Command;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.PermissionDeniedException;
import org.jspecify.annotations.Nullable;

/**
 * Which file a command names. A program with a {@code /} is the kernel's business, after
 * the change of directory. One without is looked for in the <em>child's</em>
 * {@code PATH}, whose relative elements mean the child's directory: {@code posix_spawnp}
 * would take this JVM's for both.
 */
final class ProgramPath {

	/** Where POSIX systems look when there is no PATH. */
	private static final byte[] DEFAULT_PATH = NativeText.bytes("/usr/bin:/bin");

	private ProgramPath() {
	}

	/**
	 * The file to execute.
	 * @param command what to run
	 * @param environment the child's
	 * @param cwd the child's directory, or null for this JVM's
	 * @return a path, relative to the child's directory when it is relative
	 * @throws CommandNotFoundException when no element of PATH has such a file
	 * @throws PermissionDeniedException when those that have may not be executed
	 */
	static byte[] resolve(Command command, List<byte[]> environment, byte @Nullable [] cwd) {
		byte[] program = NativeText.bytes(command.program());
		if (command.program().indexOf('/') >= 0) {
			return program;
		}
		byte[] set = InheritedEnvironment.value(environment, "PATH");
		byte[] path = (set != null) ? set : DEFAULT_PATH;
		byte[] refused = null;
		int start = 0;
		while (start <= path.length) {
			int end = start;
			while (end < path.length && path[end] != ':') {
				end++;
			}
			byte[] candidate = join(Arrays.copyOfRange(path, start, end), program);
			byte[] seenFromHere = against(cwd, candidate);
			if (exists(seenFromHere) && !isDirectory(seenFromHere)) {
				if (isAccessible(seenFromHere, LibC.X_OK)) {
					return candidate;
				}
				refused = (refused != null) ? refused : candidate;
			}
			start = end + 1;
		}
		if (refused != null) {
			throw new PermissionDeniedException("Cannot start '" + command.program() + "': " + NativeText.text(refused)
					+ " may not be executed (EACCES). Give it the x permission, or run another file.");
		}
		throw new CommandNotFoundException("Cannot start '" + command.program() + "': no such file in PATH ("
				+ NativeText.text(path) + "). Give an absolute path or set JobSpec.env(\"PATH\", …).");
	}

	/** A path of the child as this JVM has to write it. */
	static byte[] against(byte @Nullable [] cwd, byte[] path) {
		return (cwd == null || (path.length > 0 && path[0] == '/')) ? path : join(cwd, path);
	}

	/**
	 * What is wrong with a directory to change to.
	 * @return an errno, or 0 when nothing is
	 */
	static int directoryError(byte[] directory) {
		// The dot makes the kernel look into it, which is what needs the permission.
		return isAccessible(join(directory, new byte[] { '.' }), LibC.F_OK) ? 0 : Native.getLastError();
	}

	static boolean exists(byte[] path) {
		return isAccessible(path, LibC.F_OK);
	}

	private static boolean isDirectory(byte[] path) {
		return isAccessible(join(path, new byte[] { '.' }), LibC.F_OK);
	}

	private static boolean isAccessible(byte[] path, int mode) {
		return LibC.access(NativeText.cString(path), mode) == 0;
	}

	private static byte[] join(byte[] directory, byte[] name) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream(directory.length + name.length + 2);
		if (directory.length == 0) {
			joined.write('.');
		}
		joined.writeBytes(directory);
		joined.write('/');
		joined.writeBytes(name);
		return joined.toByteArray();
	}

}
