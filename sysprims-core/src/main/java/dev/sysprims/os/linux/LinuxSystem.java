package dev.sysprims.os.linux;

import java.io.File;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Spawner;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.SweeperThread;
import dev.sysprims.os.Watchdog;
import dev.sysprims.os.posix.ChildSignal;
import dev.sysprims.os.posix.Containers;
import dev.sysprims.os.posix.PosixSpawner;
import dev.sysprims.os.posix.ShellWatchdog;
import dev.sysprims.process.Containment;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Linux with glibc: {@code posix_spawn(3)}, {@code pidfd_open(2)}, {@code epoll(7)},
 * {@code proc(5)}, {@code cgroups(7)}. Thread-safe.
 */
public final class LinuxSystem implements OperatingSystem {

	private final Sweeper sweeper;

	private final LinuxProcesses processes;

	private final PidfdWatcher watcher;

	private final Containers containers;

	private final Spawner spawner;

	private final ProcessTraces traces;

	private final Orphans orphans;

	/** Without and with adoption of orphans, which can be switched on but not off. */
	private final PlatformInfo asSession;

	private final PlatformInfo asReaper;

	private final Watchdog watchdog;

	LinuxSystem(Requirements found, LinuxProcesses processes, PidfdSupport pidfds) {
		this.processes = processes;
		this.sweeper = new SweeperThread(processes::table);
		EpollLoop loop = new EpollLoop(this.sweeper::execute);
		this.watcher = new PidfdWatcher(loop, this.sweeper, processes, pidfds);
		this.containers = CgroupContainers.probe(processes, loop, this.sweeper);
		this.spawner = new PosixSpawner(loop, this.watcher, this.sweeper, this.containers);
		this.traces = new ProcessTraces(new ProcReader(new File("/proc")));
		this.orphans = new Orphans(processes);
		String uncontained = this.containers.refused();
		this.asSession = LinuxPlatform.describe(found.arch(), uncontained, false, processes, pidfds);
		this.asReaper = LinuxPlatform.describe(found.arch(), uncontained, true, processes, pidfds);
		this.watchdog = watchdog(processes, this.watcher, this.sweeper);
	}

	/**
	 * Opens the system: loads the native library, looks at what there is and tries it,
	 * with two children that are ended before they execute anything. No thread is left.
	 * @return a backend of its own, with its own threads
	 * @throws dev.sysprims.process.SysprimsException of kind not_supported when native
	 * access is not to be had or the system is too old; the message says why and what to
	 * do
	 */
	public static OperatingSystem open() {
		Requirements found = Requirements.check();
		return found.guarded(() -> {
			ChildSignal.stopIgnoring();
			PidfdSupport pidfds = PidfdSupport.probe(found.kernel());
			return new LinuxSystem(found, new LinuxProcesses(new SystemCalls(pidfds)), pidfds);
		});
	}

	/** The kernel itself ends what is left of a PID namespace when its PID 1 dies. */
	private static Watchdog watchdog(LinuxProcesses processes, PidfdWatcher watcher, Sweeper sweeper) {
		long own = ProcessHandle.current().pid();
		return (own == 1) ? Watchdog.NONE : new ShellWatchdog(MemoryFile::create, watcher, sweeper, processes::entry,
				ShellWatchdog.usualShells());
	}

	@Override
	public PlatformInfo platform() {
		return this.orphans.areAdopted() ? this.asReaper : this.asSession;
	}

	@Override
	public void requireContainment(Containment containment) {
		String refused = this.containers.refused();
		if (containment == Containment.CGROUP && refused != null) {
			throw new SysprimsException(ErrorKind.NOT_SUPPORTED, refused);
		}
	}

	@Override
	public void releaseIdle() {
		this.containers.releaseIdle();
	}

	@Override
	public Sweeper sweeper() {
		return this.sweeper;
	}

	@Override
	public Spawner spawner() {
		return this.spawner;
	}

	@Override
	public @Nullable ProcessInfo read(long pid, ProcessFilter detail) {
		return this.processes.read(pid, detail);
	}

	@Override
	public List<ProcessInfo> list(ProcessFilter filter) {
		return this.processes.list(filter);
	}

	@Override
	public ProcessTable table() {
		return this.processes.table();
	}

	@Override
	public @Nullable ProcessEntry entry(long pid) {
		return this.processes.entry(pid);
	}

	@Override
	public @Nullable ProcessIdentity identify(long pid) {
		return this.processes.identify(pid);
	}

	@Override
	public ProcessIdentity identityOf(ProcessKey key) {
		return this.processes.identityOf(key);
	}

	@Override
	public @Nullable ProcessKey keyOf(ProcessIdentity identity) {
		return this.processes.keyOf(identity);
	}

	@Override
	public IdentityCheck check(ProcessIdentity identity) {
		return this.processes.check(identity);
	}

	@Override
	public PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit) {
		return this.watcher.pin(key, onExit);
	}

	@Override
	public @Nullable String markerOf(ProcessKey key) {
		return this.traces.marker(key);
	}

	@Override
	public Set<String> pipesOf(ProcessKey key) {
		return this.traces.pipes(key);
	}

	@Override
	public boolean adoptsOrphans() {
		return this.orphans.areAdopted();
	}

	@Override
	public void adoptOrphans() {
		this.orphans.adopt();
	}

	@Override
	public void reapOrphan(ProcessKey key) {
		this.orphans.reap(key);
	}

	@Override
	public boolean wasContained(ProcessKey zombie) {
		return this.containers.wasInside(zombie);
	}

	@Override
	public Watchdog watchdog() {
		return this.watchdog;
	}

}
