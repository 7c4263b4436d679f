package dev.sysprims.os.posix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.sysprims.process.Signal;
import org.jspecify.annotations.Nullable;

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

	static final short FLAGS = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID;

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

	private final Containers containers;

	/** Opened for the first child with a container, by the thread that spawns. */
	private @Nullable Joining joining;

	private final Memory fixed = new Memory(FIXED_SIZE);

	private final long address = Pointer.nativeValue(this.fixed);

	private Memory block = new Memory(INITIAL_BLOCK);

	/** The block's bytes before they are written to it at once. */
	private byte[] bytes = new byte[INITIAL_BLOCK];

	private ByteBuffer staging = staging(this.bytes);

	NativeSpawn(ClosingDescriptors closing) throws ErrnoException {
		this(closing, Containers.NONE);
	}

	NativeSpawn(ClosingDescriptors closing, Containers containers) throws ErrnoException {
		this.closing = closing;
		this.containers = containers;
		this.fixed.clear();
		long attributes = this.address + ATTRIBUTES;
		long signals = this.address + SIGNALS;
		check("posix_spawnattr_init", LibC.posix_spawnattr_init(attributes));
		check("posix_spawnattr_setflags", LibC.posix_spawnattr_setflags(attributes, FLAGS));
		// A Java thread has signals blocked that a program needs, SIGQUIT for one.
		check("posix_spawnattr_setsigmask", LibC.posix_spawnattr_setsigmask(attributes, signals));
		// All bits, because sigfillset leaves out 32 and 33, which glibc has for itself
		// and
		// which would stay ignored in the child.
		this.fixed.setMemory(SIGNALS, SIGSET_SIZE, (byte) 0xff);
		check("posix_spawnattr_setsigdefault", LibC.posix_spawnattr_setsigdefault(attributes, signals));
	}

	@Override
	public int spawn(PreparedProgram program, int stdin, int stdout, int stderr) throws ErrnoException {
		try {
			return call(program, stdin, stdout, stderr, null, null);
		}
		catch (NotContainedException ex) {
			throw new IllegalStateException("No container was asked for.", ex);
		}
	}

	@Override
	public int spawn(PreparedProgram program, int stdin, int stdout, int stderr, JobContainer container)
			throws ErrnoException, NotContainedException {
		Joining way = joining();
		try {
			return call(program, stdin, stdout, stderr, container, way);
		}
		catch (ErrnoException ex) {
			if (way.isAmbiguous(ex.errno()) && !admits(container, way)) {
				throw new NotContainedException(String.valueOf(ex.getMessage()));
			}
			throw ex;
		}
	}

	/** Whether a child gets into it as far as to an impossible program. */
	private boolean admits(JobContainer container, Joining way) throws NotContainedException {
		try {
			call(JoinTrial.IMPOSSIBLE, 0, 0, 0, container, way);
			return true;
		}
		catch (ErrnoException ex) {
			return ex.errno() == JoinTrial.IMPOSSIBLE_ERROR;
		}
	}

	private Joining joining() throws NotContainedException {
		Joining open = this.joining;
		try {
			open = (open != null) ? open : this.containers.joining();
		}
		catch (ErrnoException ex) {
			throw new NotContainedException(String.valueOf(ex.getMessage()));
		}
		this.joining = open;
		return open;
	}

	@SuppressWarnings("ByteBufferBackingArray") // allocated on the heap, from offset 0
	private int call(PreparedProgram program, int stdin, int stdout, int stderr, @Nullable JobContainer container,
			@Nullable Joining way) throws ErrnoException, NotContainedException {
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
		long attributes = this.address + ATTRIBUTES;
		long actions = this.address + FILE_ACTIONS;
		check("posix_spawn_file_actions_init", LibC.posix_spawn_file_actions_init(actions));
		try {
			addStdio(actions, stdin, stdout, stderr);
			if (container != null && way != null) {
				prepare(way, attributes, actions, container);
			}
			// From here on nothing may throw until the way is settled.
			int error = (directory != 0) ? LibC.posix_spawn_file_actions_addchdir_np(actions, directory) : 0;
			error = (error != 0) ? error
					: LibC.posix_spawn(this.address + PID, path, actions, attributes, base, base + environment);
			int pid = (error == 0) ? this.fixed.getInt(PID) : 0;
			if (error == 0) {
				OwnChildren.add(pid);
			}
			if (way != null) {
				settle(way, error, pid);
			}
			check("posix_spawn", error);
			return pid;
		}
		finally {
			LibC.posix_spawn_file_actions_destroy(actions);
		}
	}

	private static void prepare(Joining way, long attributes, long actions, JobContainer container)
			throws NotContainedException {
		try {
			way.prepare(attributes, actions, container);
		}
		catch (ErrnoException ex) {
			throw new NotContainedException(String.valueOf(ex.getMessage()));
		}
	}

	private static void settle(Joining way, int error, int pid) throws NotContainedException {
		try {
			way.settle(error, pid);
		}
		catch (NotContainedException ex) {
			if (error == 0) {
				// Dying in any case: what it waited for did not let it in.
				Kill.group(pid, Signal.KILL);
				Kill.process(pid, Signal.KILL);
				ChildWait.awaitAndReap(pid);
			}
			throw ex;
		}
	}

	private void addStdio(long actions, int stdin, int stdout, int stderr) throws ErrnoException {
		String dup2 = "posix_spawn_file_actions_adddup2";
		// A source is above 2 or its own target, so that no action takes another's
		// source;
		// in the latter case it only loses FD_CLOEXEC.
		check(dup2, LibC.posix_spawn_file_actions_adddup2(actions, stdin, 0));
		check(dup2, LibC.posix_spawn_file_actions_adddup2(actions, stdout, 1));
		check(dup2, LibC.posix_spawn_file_actions_adddup2(actions, stderr, 2));
		this.closing.addTo(actions);
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
	public boolean isWorn() {
		return this.joining != null && this.joining.isWorn();
	}

	@Override
	public void close() {
		if (this.joining != null) {
			this.joining.close();
		}
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
