package dev.sysprims.os.posix;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;

/**
 * libc's own way: the child is born inside, by {@code clone3(2)} with
 * {@code CLONE_INTO_CGROUP}. It has no wait for other processors, as a later move has.
 */
public final class AttributeJoining implements Joining {

	private long attributes;

	private int directory = Descriptors.NONE;

	/**
	 * Whether this libc has it.
	 * @return true with glibc 2.39 and newer; whether the kernel and its filters let it
	 * work has to be tried
	 */
	public static boolean isAvailable() {
		try {
			NativeLibrary.getInstance(Platform.C_LIBRARY_NAME).getFunction("posix_spawnattr_setcgroup_np");
			return true;
		}
		catch (UnsatisfiedLinkError ex) {
			return false;
		}
	}

	@Override
	public void prepare(long attributes, long fileActions, JobContainer container) throws ErrnoException {
		this.directory = container.open();
		this.attributes = attributes;
		try {
			NativeSpawn.check("posix_spawnattr_setcgroup_np",
					CgroupAttribute.posix_spawnattr_setcgroup_np(attributes, this.directory));
			setFlags((short) (NativeSpawn.FLAGS | CgroupAttribute.POSIX_SPAWN_SETCGROUP));
		}
		catch (ErrnoException ex) {
			reset();
			throw ex;
		}
	}

	@Override
	public void settle(int error, int pid) {
		reset();
	}

	private void reset() {
		LibC.posix_spawnattr_setflags(this.attributes, NativeSpawn.FLAGS);
		Descriptors.close(this.directory);
		this.directory = Descriptors.NONE;
	}

	private void setFlags(short flags) throws ErrnoException {
		NativeSpawn.check("posix_spawnattr_setflags", LibC.posix_spawnattr_setflags(this.attributes, flags));
	}

	/** Birth inside and execution give their errors through the same number. */
	@Override
	public boolean isAmbiguous(int error) {
		return error != JoinTrial.IMPOSSIBLE_ERROR && error != Errno.ENOENT && error != Errno.ENOEXEC
				&& error != Errno.ETXTBSY && error != Errno.E2BIG;
	}

	@Override
	public boolean isWorn() {
		return false;
	}

	@Override
	public void close() {
		// Each spawn has let go of what it had.
	}

}
