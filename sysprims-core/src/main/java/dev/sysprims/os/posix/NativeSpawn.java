package dev.sysprims.os.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;

/**
 * The call of {@code posix_spawn(3)} with everything a child has to be born with: a
 * session and group of its own, an empty signal mask, default dispositions, only
 * descriptors 0 to 2. Owns the memory the call needs and reuses it. Confined to one
 * thread.
 */
final class NativeSpawn implements SpawnCall {

	private static final short POSIX_SPAWN_SETSIGDEF = 0x04;

	private static final short POSIX_SPAWN_SETSIGMASK = 0x08;

	private static final short POSIX_SPAWN_SETSID = 0x80;

	// Larger than glibc's objects: posix_spawnattr_t 336, file actions 80, sigset_t 128.
	private static final int ATTRIBUTES = 0;

	private static final int FILE_ACTIONS = 512;

	private static final int PID = 768;

	private static final int SIGNALS = 784;

	private static final int SIGSET_SIZE = 128;

	private static final int FIXED_SIZE = SIGNALS + SIGSET_SIZE;

	private static final int INITIAL_BLOCK = 32 * 1024;

	private static final int KEPT_BLOCK = 512 * 1024;

	private final ClosingDescriptors closing;

	private final Memory fixed = new Memory(FIXED_SIZE);

	private final long address = Pointer.nativeValue(this.fixed);

	private Memory block = new Memory(INITIAL_BLOCK);

	/** The block's bytes before they are written to it at once. */
	private byte[] bytes = new byte[INITIAL_BLOCK];

	private ByteBuffer staging = staging(this.bytes);

	NativeSpawn(ClosingDescriptors closing) throws ErrnoException {
		this.closing = closing;
		this.fixed.clear();
		long attributes = this.address + ATTRIBUTES;
		long signals = this.address + SIGNALS;
		check("posix_spawnattr_init", LibC.posix_spawnattr_init(attributes));
		check("posix_spawnattr_setflags", LibC.posix_spawnattr_setflags(attributes,
				(short) (POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID)));
		// A Java thread has signals blocked that a program needs, SIGQUIT for one.
		check("posix_spawnattr_setsigmask", LibC.posix_spawnattr_setsigmask(attributes, signals));
		// All bits, because sigfillset leaves out 32 and 33, which glibc has for itself
		// and
		// which would stay ignored in the child.
		this.fixed.setMemory(SIGNALS, SIGSET_SIZE, (byte) 0xff);
		check("posix_spawnattr_setsigdefault", LibC.posix_spawnattr_setsigdefault(attributes, signals));
	}

	@SuppressWarnings("ByteBufferBackingArray") // allocated on the heap, from offset 0
	@Override
	public int spawn(PreparedProgram program, int stdin, int stdout, int stderr) throws ErrnoException {
		byte[] cwd = program.cwd();
		int vectors = 8 * (program.argv().size() + program.environment().size() + 2);
		long size = vectors + program.path().length + 1L + ((cwd != null) ? cwd.length : 0) + 1
				+ PreparedProgram.size(program.argv()) + PreparedProgram.size(program.environment());
		reserve(size);
		long base = Pointer.nativeValue(this.block);
		this.staging.position(vectors);
		long path = base + put(program.path());
		long directory = (cwd != null) ? base + put(cwd) : 0;
		int environment = putAll(program.argv(), 0, base);
		putAll(program.environment(), environment, base);
		this.block.write(0, this.bytes, 0, this.staging.position());
		long actions = this.address + FILE_ACTIONS;
		check("posix_spawn_file_actions_init", LibC.posix_spawn_file_actions_init(actions));
		try {
			addActions(actions, stdin, stdout, stderr, directory);
			check("posix_spawn", LibC.posix_spawn(this.address + PID, path, actions, this.address + ATTRIBUTES, base,
					base + environment));
			int pid = this.fixed.getInt(PID);
			OwnChildren.add(pid);
			return pid;
		}
		finally {
			LibC.posix_spawn_file_actions_destroy(actions);
		}
	}

	private void addActions(long actions, int stdin, int stdout, int stderr, long directory) throws ErrnoException {
		String dup2 = "posix_spawn_file_actions_adddup2";
		// A source is above 2 or its own target, so that no action takes another's
		// source;
		// in the latter case it only loses FD_CLOEXEC.
		check(dup2, LibC.posix_spawn_file_actions_adddup2(actions, stdin, 0));
		check(dup2, LibC.posix_spawn_file_actions_adddup2(actions, stdout, 1));
		check(dup2, LibC.posix_spawn_file_actions_adddup2(actions, stderr, 2));
		this.closing.addTo(actions);
		if (directory != 0) {
			check("posix_spawn_file_actions_addchdir_np",
					LibC.posix_spawn_file_actions_addchdir_np(actions, directory));
		}
	}

	private int putAll(List<byte[]> strings, int vector, long base) {
		int slot = vector;
		for (byte[] string : strings) {
			this.staging.putLong(slot, base + put(string));
			slot += 8;
		}
		this.staging.putLong(slot, 0);
		return slot + 8;
	}

	private int put(byte[] string) {
		int at = this.staging.position();
		this.staging.put(string).put((byte) 0);
		return at;
	}

	private void reserve(long size) throws ErrnoException {
		if (size > Integer.MAX_VALUE) {
			throw new ErrnoException("posix_spawn", Errno.E2BIG);
		}
		this.staging.clear();
		boolean tooLarge = this.block.size() > KEPT_BLOCK && size <= KEPT_BLOCK;
		if (size <= this.block.size() && !tooLarge) {
			return;
		}
		int capacity = (int) Math.max(INITIAL_BLOCK, size);
		Memory larger = new Memory(capacity);
		this.block.close();
		this.block = larger;
		this.bytes = new byte[capacity];
		this.staging = staging(this.bytes);
	}

	@Override
	public void close() {
		LibC.posix_spawnattr_destroy(this.address + ATTRIBUTES);
		this.fixed.close();
		this.block.close();
	}

	static void check(String call, int error) throws ErrnoException {
		if (error != 0) {
			throw new ErrnoException(call, error);
		}
	}

	private static ByteBuffer staging(byte[] bytes) {
		return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
	}

}
