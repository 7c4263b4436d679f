package dev.sysprims.os.posix;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.Watchdog;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One small shell that outlives this JVM for as long as it takes to end what stands in a
 * table, which is written here and read there: see {@link WatchdogTable} and
 * {@link WatchdogScript}. It runs from the first tree on until none was guarded for a
 * while. Thread-safe.
 */
public final class ShellWatchdog implements Watchdog {

	private static final Logger logger = LoggerFactory.getLogger(ShellWatchdog.class);

	private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

	/**
	 * So many members of a tree are remembered before the dead among them are dropped.
	 */
	private static final int UNPRUNED = 64;

	private final ReentrantLock lock = new ReentrantLock();

	private final TableFile.Factory files;

	private final Sweeper sweeper;

	private final LongFunction<@Nullable ProcessEntry> look;

	private final WatchdogKeeper keeper;

	/** While something is guarded, and a while longer. */
	private @Nullable WatchdogTable table;

	private int guards;

	/** How many guards lack a line. */
	private int incomplete;

	private @Nullable String lastLack;

	private long idleSince;

	private boolean checking;

	/**
	 * A watchdog that does not run yet.
	 * @param files makes the table's file
	 * @param watcher sees the end of the shell
	 * @param sweeper whose timers are used
	 * @param look tells which process has a number now
	 * @param shells the first of these that is there is taken
	 */
	public ShellWatchdog(TableFile.Factory files, ChildWatcher watcher, Sweeper sweeper,
			LongFunction<@Nullable ProcessEntry> look, List<Path> shells) {
		this.files = files;
		this.sweeper = sweeper;
		this.look = look;
		this.keeper = new WatchdogKeeper(shells, this::self, this::openTable, watcher, sweeper);
	}

	/**
	 * Where a shell is looked for.
	 * @return {@code /bin/sh}, then {@code sh} in this JVM's PATH
	 */
	public static List<Path> usualShells() {
		List<Path> shells = new ArrayList<>(List.of(Path.of("/bin/sh")));
		for (String directory : Objects.requireNonNullElse(System.getenv("PATH"), "").split(":")) {
			if (directory.startsWith("/")) {
				shells.add(Path.of(directory, "sh"));
			}
		}
		return shells;
	}

	@Override
	public Guard guard(SpawnedChild child) {
		if (child.atJvmDeath() == AtJvmDeath.SURVIVE) {
			return Guard.NONE;
		}
		this.lock.lock();
		try {
			TableGuard guard = new TableGuard();
			this.guards++;
			guard.add(child.key(), () -> addLeader(child));
			if (this.table != null) {
				this.keeper.ensureRunning();
			}
			return guard;
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public Optional<String> warning() {
		String notRunning = this.keeper.failure();
		if (notRunning != null) {
			return Optional.of(notRunning);
		}
		this.lock.lock();
		try {
			return (this.incomplete > 0) ? Optional.ofNullable(this.lastLack) : Optional.empty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private ProcessKey self() {
		return Objects.requireNonNull(this.look.apply(ProcessHandle.current().pid()), "This JVM is not in /proc").key();
	}

	private int openTable() throws ErrnoException {
		this.lock.lock();
		try {
			return table().openForReading();
		}
		finally {
			this.lock.unlock();
		}
	}

	private WatchdogTable table() throws ErrnoException {
		if (this.table == null) {
			this.table = new WatchdogTable(this.files.create());
		}
		return this.table;
	}

	private WatchdogTable.Slots addLeader(SpawnedChild child) throws ErrnoException {
		byte[] directory = (child.container() instanceof ContainerDirectory held) ? NativeText.bytes(held.directory())
				: null;
		return table().addLeader(child.key(), directory);
	}

	/** One timer for all: it finds out how long nothing was guarded. */
	private void checkAt(long nanoTime) {
		if (!this.checking) {
			this.checking = true;
			this.sweeper.schedule(nanoTime, this::check);
		}
	}

	private void check() {
		this.lock.lock();
		try {
			this.checking = false;
			long now = this.sweeper.nanoTime();
			long due = this.idleSince + IDLE_NANOS;
			if (this.guards > 0) {
				return;
			}
			if (due - now > 0) {
				checkAt(due);
			}
			else if (!this.keeper.tryStop()) {
				checkAt(now + IDLE_NANOS);
			}
			else if (this.table != null) {
				this.table.close();
				this.table = null;
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean lives(ProcessKey key) {
		try {
			ProcessEntry entry = this.look.apply(key.pid());
			return entry != null && entry.key().equals(key) && !entry.ended();
		}
		catch (SysprimsException ex) {
			return true; // nobody can tell
		}
	}

	/** Adds a line to the table. */
	@FunctionalInterface
	private interface Adding {

		WatchdogTable.Slots add() throws ErrnoException;

	}

	/** The lines of one tree. */
	private final class TableGuard implements Guard {

		private final Map<ProcessKey, WatchdogTable.Slots> lines = new HashMap<>();

		private @Nullable ProcessKey leader;

		private int pruneAt = UNPRUNED;

		private boolean incomplete;

		private boolean closed;

		@Override
		public void member(ProcessKey key) {
			ShellWatchdog.this.lock.lock();
			try {
				if (this.closed || this.lines.containsKey(key)) {
					return;
				}
				if (this.lines.size() >= this.pruneAt) {
					prune();
				}
				add(key, () -> table().addMember(key));
			}
			finally {
				ShellWatchdog.this.lock.unlock();
			}
		}

		@Override
		public void close() {
			ShellWatchdog.this.lock.lock();
			try {
				if (this.closed) {
					return;
				}
				this.closed = true;
				this.lines.values().forEach(this::remove);
				ShellWatchdog.this.incomplete -= this.incomplete ? 1 : 0;
				if (--ShellWatchdog.this.guards == 0) {
					ShellWatchdog.this.idleSince = ShellWatchdog.this.sweeper.nanoTime();
					checkAt(ShellWatchdog.this.idleSince + IDLE_NANOS);
				}
			}
			finally {
				ShellWatchdog.this.lock.unlock();
			}
		}

		private void add(ProcessKey key, Adding adding) {
			try {
				this.lines.put(key, adding.add());
				this.leader = (this.leader != null) ? this.leader : key;
			}
			catch (ErrnoException ex) {
				ShellWatchdog.this.lastLack = "If this JVM is killed (kill -9, a crash, halt), process " + key.pid()
						+ " lives on, because it could not be noted in the table of what is to be ended then: "
						+ ex.getMessage() + ". Raise the limit that it names, or run fewer jobs at once.";
				if (!this.incomplete) {
					this.incomplete = true;
					ShellWatchdog.this.incomplete++;
					logger.warn(ShellWatchdog.this.lastLack);
				}
			}
		}

		private void remove(WatchdogTable.Slots slots) {
			try {
				Objects.requireNonNull(ShellWatchdog.this.table).remove(slots);
			}
			catch (ErrnoException ex) {
				// The process with this number and start is gone: the line harms nobody.
				logger.debug("A line of the watchdog's table could not be freed.", ex);
			}
		}

		private void prune() {
			this.lines.entrySet().removeIf((line) -> {
				boolean gone = !line.getKey().equals(this.leader) && !lives(line.getKey());
				if (gone) {
					remove(line.getValue());
				}
				return gone;
			});
			this.pruneAt = Math.max(UNPRUNED, 2 * this.lines.size());
		}

	}

}
