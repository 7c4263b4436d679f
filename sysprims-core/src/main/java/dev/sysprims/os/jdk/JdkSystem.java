package dev.sysprims.os.jdk;

import java.util.List;
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
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import org.jspecify.annotations.Nullable;

/** The operating system as far as the JDK alone can reach it, on any system. */
public final class JdkSystem implements OperatingSystem {

	private final PlatformInfo platform;

	private final JdkProcesses processes = new JdkProcesses();

	private final Sweeper sweeper = new SweeperThread(this.processes::table);

	private final WorkThreads threads = new WorkThreads();

	private final Spawner spawner;

	private JdkSystem(PlatformInfo platform) {
		this.platform = platform;
		this.spawner = new JdkSpawner(this.processes, this.sweeper, this.threads);
	}

	/**
	 * The backend that needs nothing but the JDK.
	 * @param reasons why no native backend is used, as full sentences
	 * @return a new backend
	 */
	public static OperatingSystem open(List<String> reasons) {
		return new JdkSystem(JdkPlatform.describe(reasons));
	}

	@Override
	public PlatformInfo platform() {
		return this.platform;
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
		return this.processes.read(pid);
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
		return new PolledProcess(key, this.processes, this.sweeper, this.threads, onExit).watch();
	}

}
