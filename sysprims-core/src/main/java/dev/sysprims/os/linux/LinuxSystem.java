package dev.sysprims.os.linux;

import java.util.ArrayList;
import java.util.EnumSet;
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
import dev.sysprims.os.posix.ChildSignal;
import dev.sysprims.os.posix.Containers;
import dev.sysprims.os.posix.PosixSpawner;
import dev.sysprims.process.Capability;
import dev.sysprims.process.Containment;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TreeKillReliability;
import org.jspecify.annotations.Nullable;

/**
 * Linux with glibc: {@code posix_spawn(3)}, {@code pidfd_open(2)}, {@code epoll(7)},
 * {@code proc(5)}, {@code cgroups(7)}. Thread-safe.
 */
public final class LinuxSystem implements OperatingSystem {

	static final String BEST_EFFORT = "The end of a process tree is best effort here: its members are found by "
			+ "process group, session and descent, and a descendant that calls setsid(2) and leaves its parent behind, "
			+ "as a daemon does, gets out of sight.";

	private final Sweeper sweeper;

	private final LinuxProcesses processes;

	private final PidfdWatcher watcher;

	private final Containers containers;

	private final Spawner spawner;

	private final PlatformInfo platform;

	LinuxSystem(Requirements found, LinuxProcesses processes, PidfdSupport pidfds) {
		this.processes = processes;
		this.sweeper = new SweeperThread(processes::table);
		EpollLoop loop = new EpollLoop(this.sweeper::execute);
		this.watcher = new PidfdWatcher(loop, this.sweeper, processes, pidfds);
		this.containers = CgroupContainers.probe(processes, loop, this.sweeper);
		this.spawner = new PosixSpawner(loop, this.watcher, this.sweeper, this.containers);
		boolean contained = this.containers.refused() == null;
		this.platform = new PlatformInfo("linux", found.arch(), "native", contained ? "cgroup" : "session",
				contained ? TreeKillReliability.GUARANTEED : TreeKillReliability.BEST_EFFORT, capabilities(pidfds),
				warnings(processes, pidfds, this.containers.refused()));
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

	private static Set<Capability> capabilities(PidfdSupport pidfds) {
		Set<Capability> capabilities = EnumSet.of(Capability.OWN_SESSION, Capability.CLEAN_SPAWN, Capability.ANY_SIGNAL,
				Capability.EXIT_SIGNAL, Capability.NO_THREAD_PER_CHILD, Capability.USAGE, Capability.GROUPS_VISIBLE);
		if (pidfds.refused() == null) {
			capabilities.add(Capability.PINNED_SIGNAL);
			capabilities.add(Capability.FOREIGN_EXIT_EVENT);
		}
		if (pidfds.tellsStatus()) {
			capabilities.add(Capability.FOREIGN_EXIT_STATUS);
		}
		return capabilities;
	}

	private static List<String> warnings(LinuxProcesses processes, PidfdSupport pidfds, @Nullable String uncontained) {
		List<String> warnings = new ArrayList<>();
		if (uncontained != null) {
			warnings.add(BEST_EFFORT);
			warnings.add(uncontained);
		}
		warnings.addAll(processes.warnings());
		if (pidfds.refused() != null) {
			warnings.add("Exits are polled for, every 50 ms at most, and signals are checked but not pinned, because "
					+ pidfds.refused().getMessage() + ": a seccomp profile of the container probably refuses it.");
		}
		return warnings;
	}

	@Override
	public PlatformInfo platform() {
		return this.platform;
	}

	@Override
	public void requireContainment(Containment containment) {
		String refused = this.containers.refused();
		if (containment == Containment.CGROUP && refused != null) {
			throw new SysprimsException(ErrorKind.NOT_SUPPORTED, refused);
		}
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

}
