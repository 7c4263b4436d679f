package dev.sysprims.supervisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Spawner;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.SweeperThread;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.ProcessState;
import dev.sysprims.process.Signal;
import dev.sysprims.process.TreeKillReliability;
import org.jspecify.annotations.Nullable;

/**
 * A system whose processes are objects that the test moves: for the orders of events that
 * a real one shows rarely. The sweeper and the policy above it are the real ones.
 */
final class FakeSystem implements OperatingSystem, Spawner {

	private final SweeperThread sweeper = new SweeperThread(this::table);

	private final Map<ProcessKey, FakeProcess> processes = new ConcurrentHashMap<>();

	private final AtomicLong pids = new AtomicLong(2_000_000);

	private final ThreadLocal<@Nullable CompletableFuture<FakeProcess>> next = new ThreadLocal<>();

	/** Says how a spawn ends; by default at once, with a process that obeys. */
	Supplier<CompletableFuture<FakeProcess>> spawns = () -> CompletableFuture.completedFuture(process());

	volatile @Nullable FakeProcess last;

	FakeProcess process() {
		long pid = this.pids.incrementAndGet();
		return new FakeProcess(this, new ProcessKey(pid, pid), pid, pid);
	}

	/** Another member of a process's group. */
	FakeProcess member(FakeProcess leader) {
		return add(leader.group(), leader.key().pid());
	}

	/** A member of a process's session, in a group of its own. */
	FakeProcess sessionMember(FakeProcess leader) {
		return add(this.pids.incrementAndGet(), leader.key().pid());
	}

	private FakeProcess add(long group, long session) {
		long pid = this.pids.incrementAndGet();
		FakeProcess member = new FakeProcess(this, new ProcessKey(pid, pid), group, session);
		this.processes.put(member.key(), member);
		return member;
	}

	/** Says how the next spawn of this thread ends. */
	void nextSpawn(CompletableFuture<FakeProcess> spawn) {
		this.next.set(spawn);
	}

	@Override
	public CompletableFuture<SpawnedChild> spawn(SpawnRequest request, Consumer<ExitStatus> onExit) {
		CompletableFuture<FakeProcess> asked = this.next.get();
		this.next.remove();
		return ((asked != null) ? asked : this.spawns.get()).thenApply((process) -> {
			process.started(request, onExit);
			this.processes.put(process.key(), process);
			this.last = process;
			return process;
		});
	}

	Collection<FakeProcess> group(long pgid) {
		return this.processes.values().stream().filter((process) -> process.group() == pgid).toList();
	}

	void gone(FakeProcess process) {
		this.processes.remove(process.key());
	}

	@Override
	public PlatformInfo platform() {
		return new PlatformInfo("linux", "x86_64", "fake", "session", TreeKillReliability.BEST_EFFORT, Set.of(),
				List.of("It is only a test."));
	}

	@Override
	public Sweeper sweeper() {
		return this.sweeper;
	}

	@Override
	public Spawner spawner() {
		return this;
	}

	@Override
	public @Nullable ProcessInfo read(long pid, ProcessFilter detail) {
		ProcessEntry entry = entry(pid);
		return (entry == null) ? null : new ProcessInfo(pid, entry.ppid(), entry.name(), null, null, null, null, null,
				null, ProcessState.RUNNING, List.of(), null, null);
	}

	@Override
	public List<ProcessInfo> list(ProcessFilter filter) {
		return List.of();
	}

	@Override
	public ProcessTable table() {
		List<ProcessEntry> entries = new ArrayList<>();
		this.processes.values().forEach((process) -> entries.add(process.entry()));
		return new ProcessTable(entries);
	}

	@Override
	public @Nullable ProcessEntry entry(long pid) {
		return table().get(pid);
	}

	@Override
	public @Nullable ProcessIdentity identify(long pid) {
		ProcessEntry entry = entry(pid);
		return (entry == null) ? null : identityOf(entry.key());
	}

	@Override
	public ProcessIdentity identityOf(ProcessKey key) {
		return new ProcessIdentity("fake", "boot", key.pid(), key.start(), null);
	}

	@Override
	public ProcessKey keyOf(ProcessIdentity identity) {
		return new ProcessKey(identity.pid(), identity.start());
	}

	@Override
	public IdentityCheck check(ProcessIdentity identity) {
		return this.processes.containsKey(keyOf(identity)) ? IdentityCheck.SAME : IdentityCheck.GONE;
	}

	@Override
	public PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit) {
		FakeProcess process = this.processes.get(key);
		if (process == null) {
			onExit.accept(ExitStatus.UNKNOWN);
		}
		else {
			process.watch(onExit);
		}
		return new PinnedProcess() {

			@Override
			public SignalOutcome signal(Signal signal) {
				return (process != null) ? process.signal(signal) : SignalOutcome.GONE;
			}

			@Override
			public Optional<String> warning() {
				return Optional.empty();
			}

			@Override
			public void close() {
			}

		};
	}

}
