package dev.sysprims.os.posix;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * Adds to a list of file actions that a child closes everything from descriptor 3 on: a
 * leaked socket or pipe would outlive its owner in the child.
 */
interface ClosingDescriptors {

	/**
	 * Adds the actions, after those that set up 0, 1 and 2.
	 * @param fileActions address of the list
	 * @throws ErrnoException when libc refuses
	 */
	void addTo(long fileActions) throws ErrnoException;

	/**
	 * The best way that this libc has.
	 * @return closefrom where the symbol is there, else one close per number
	 */
	static ClosingDescriptors available() {
		try {
			NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("posix_spawn_file_actions_addclosefrom_np");
			return ClosingDescriptors::closeFrom;
		}
		catch (UnsatisfiedLinkError ex) {
			return new CloseEach();
		}
	}

	/** One action for all: {@code closefrom}, glibc 2.34. */
	static void closeFrom(long fileActions) throws ErrnoException {
		NativeSpawn.check("posix_spawn_file_actions_addclosefrom_np",
				CloseFrom.posix_spawn_file_actions_addclosefrom_np(fileActions, 3));
	}

}
