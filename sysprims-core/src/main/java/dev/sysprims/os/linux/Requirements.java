package dev.sysprims.os.linux;

import java.util.Map;
import java.util.function.Supplier;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * What the native backend needs, found here.
 *
 * @param arch {@code x86_64} or {@code aarch64}
 * @param kernel the kernel's version
 */
record Requirements(String arch, Version kernel) {

	private static final Map<String, String> ARCHITECTURES = Map.of("amd64", "x86_64", "x86_64", "x86_64", "aarch64",
			"aarch64", "arm64", "aarch64");

	/** The first with waitid on pidfds, which CONT and zombies made reliable. */
	private static final Version OLDEST_KERNEL = new Version(5, 4);

	/** The first with posix_spawn_file_actions_addchdir_np. */
	private static final Version OLDEST_GLIBC = new Version(2, 29);

	/**
	 * Checks them all.
	 * @return what was found
	 * @throws SysprimsException of kind not_supported for the first that is not met
	 */
	static Requirements check() {
		return check(System.getProperty("os.name"), System.getProperty("os.arch"), System.getProperty("os.version"),
				Requirements::glibcVersion);
	}

	static Requirements check(String os, String arch, String kernel, Supplier<String> glibc) {
		String known = ARCHITECTURES.get(arch);
		if (!os.equals("Linux") || known == null) {
			throw notSupported(
					"The native backend knows Linux on x86_64 and aarch64, and this is " + os + " on " + arch + ".",
					null);
		}
		Requirements found = new Requirements(known, Version.parse(kernel));
		if (!found.kernel.isAtLeast(OLDEST_KERNEL)) {
			throw notSupported("The native backend needs Linux " + OLDEST_KERNEL + " or newer, and this is " + kernel
					+ ". Update the kernel.", null);
		}
		Version libc = found.guarded(() -> Version.parse(glibc.get()));
		if (!libc.isAtLeast(OLDEST_GLIBC)) {
			throw notSupported("The native backend needs glibc " + OLDEST_GLIBC + " or newer, and this is " + libc
					+ ". Use an image with a newer glibc.", null);
		}
		return found;
	}

	/**
	 * Does what needs native access.
	 * @param <T> type of the result
	 * @param task what to do
	 * @return its result
	 * @throws SysprimsException of kind not_supported when native access is not to be had
	 */
	<T> T guarded(Supplier<T> task) {
		try {
			return task.get();
		}
		catch (SysprimsException ex) {
			throw notSupported(String.valueOf(ex.getMessage()), ex);
		}
		catch (UnsatisfiedLinkError ex) {
			throw notSupported("JNA cannot load or libc lacks a function: " + ex.getMessage()
					+ ". Where the temporary directory is mounted noexec, set -Djna.tmpdir to one that is not;"
					+ " musl (Alpine) is not supported, use an image with glibc.", ex);
		}
		catch (LinkageError | IllegalCallerException | SecurityException ex) {
			throw notSupported("Native access is refused: " + ex + ". Start the JVM with --enable-native-access="
					+ "ALL-UNNAMED, and without --illegal-native-access=deny.", ex);
		}
	}

	private static String glibcVersion() {
		return NativeLibrary.getInstance(Platform.C_LIBRARY_NAME)
			.getFunction("gnu_get_libc_version")
			.invokeString(new Object[0], false);
	}

	private static SysprimsException notSupported(String message, @Nullable Throwable cause) {
		return new SysprimsException(ErrorKind.NOT_SUPPORTED, message, cause);
	}

}
