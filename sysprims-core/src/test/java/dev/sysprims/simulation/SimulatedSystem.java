package dev.sysprims.simulation;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.Spawner;
import dev.sysprims.os.Sweeper;
import dev.sysprims.process.Containment;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.ProcessState;
import dev.sysprims.process.TreeKillReliability;
import org.jspecify.annotations.Nullable;

/**
 * A system of few process numbers, so that they are reused soon, on a virtual clock. What
 * it shows of its processes is {@link #proc()}. The JVM is process {@link #jvm()} in a
 * session of its own with siblings that nobody may touch.
 */
public final class SimulatedSystem implements OperatingSystem {

	private static final int FIRST_PID = 100_000_000;

	private final Map<Long, SimulatedProcess> processes = new LinkedHashMap<>();

	private final VirtualSweeper sweeper = new VirtualSweeper(this::table);

	private final Random random;

	private final SimulatedProc proc;

	private final int pidRange;

	private final SimulatedProcess init;

	private final SimulatedProcess jvm;

	private final SimulatedWatchdog watchdog = new SimulatedWatchdog();

	/** Children of the JVM that the policy has to leave to others, or to reap itself. */
	private final Set<ProcessKey> spawned = new HashSet<>();

	private boolean contained;

	private boolean adopting;

	private long nextPid = FIRST_PID;

	private long ticks = 1;

	public SimulatedSystem(long seed) {
		this(seed, 1_000);
	}

	public SimulatedSystem(long seed, int pidRange) {
		this.random = new Random(seed);
		this.proc = new SimulatedProc(this.processes, this.sweeper, this.random);
		this.pidRange = pidRange;
		this.init = new SimulatedProcess(this, new ProcessKey(1, 0), null, "system");
		this.processes.put(1L, this.init);
		this.jvm = new SimulatedProcess(this, new ProcessKey(ProcessHandle.current().pid(), 1), this.init, "jvm")
			.setsid();
		this.processes.put(this.jvm.pid(), this.jvm);
	}

	/** From now on the kernel holds the trees of new programs. */
	public SimulatedSystem contained() {
		this.contained = true;
		return this;
	}

	/** From now on orphans become children of the JVM. */
	public SimulatedSystem adopting() {
		this.adopting = true;
		return this;
	}

	/** A child of the JVM that other code of it has started, and will wait for. */
	public SimulatedProcess otherChild() {
		return create(this.jvm, "other");
	}

	/** What it shows of its processes, and when it does not. */
	public SimulatedProc proc() {
		return this.proc;
	}

	public SimulatedProcess jvm() {
		return this.jvm;
	}

	/** A process of somebody else, below init, in a session of its own. */
	public SimulatedProcess stranger() {
		return create(this.init, "stranger").setsid();
	}

	/** One of the many that come and go. */
	public SimulatedProcess churn() {
		return create(this.init, "churn").setsid();
	}

	SimulatedProcess create(SimulatedProcess parent, String tree) {
		SimulatedProcess child = new SimulatedProcess(this, new ProcessKey(freePid(), ++this.ticks), parent, tree);
		this.processes.put(child.pid(), child);
		return child;
	}

	SimulatedProcess createRoot() {
		SimulatedProcess root = create(this.jvm, "job");
		this.spawned.add(root.key());
		return root.setsid();
	}

	/** Whether another process could be created: the range of numbers is small. */
	public boolean hasRoom() {
		return taken().size() < this.pidRange - 5;
	}

	/** It exits, and is waited for at once if it is no child of the JVM. */
	public void vanish(SimulatedProcess process) {
		process.exit(0);
		if (process.parent() != this.jvm) {
			reap(process);
		}
	}

	/** Somebody else's new process gets this number, if nothing else has it. */
	public SimulatedProcess strangerWith(long number) {
		this.nextPid = number - 1;
		return stranger();
	}

	private Set<Long> taken() {
		Set<Long> taken = new HashSet<>();
		this.processes.values().forEach((p) -> taken.addAll(List.of(p.pid(), p.pgid(), p.sid())));
		return taken;
	}

	private long freePid() {
		Set<Long> taken = taken();
		if (taken.size() >= this.pidRange) {
			throw new IllegalStateException("The simulated system has no process number left");
		}
		do {
			this.nextPid = FIRST_PID + (this.nextPid - FIRST_PID + 1) % this.pidRange;
		}
		while (taken.contains(this.nextPid));
		return this.nextPid;
	}

	void died(SimulatedProcess dead) {
		for (SimulatedProcess child : List.copyOf(this.processes.values())) {
			if (child.parent() == dead) {
				boolean ours = this.adopting && !child.tree().equals("stranger") && !child.tree().equals("churn");
				child.adoptedBy(ours ? this.jvm : this.init);
				if (child.isZombie() && !ours) {
					reap(child);
				}
			}
		}
		if (dead.parent() != this.jvm) {
			later(() -> {
				if (dead.parent() != this.jvm) {
					reap(dead);
				}
			});
		}
		SimulatedContainer container = dead.container();
		if (container != null) {
			container.changed();
		}
	}

	void reap(SimulatedProcess zombie) {
		if (zombie.isZombie()) {
			zombie.reaped();
			this.processes.remove(zombie.pid(), zombie);
		}
	}

	/** After a short time drawn from the seed. */
	public void later(Runnable happening) {
		in(Duration.ofNanos(1 + this.random.nextInt(3_000_000)), happening);
	}

	/** After this time. */
	public void in(Duration time, Runnable happening) {
		this.sweeper.at(this.sweeper.nanoTime() + time.toNanos(), happening);
	}

	public int scans() {
		return this.sweeper.scans();
	}

	public Duration timeSpentReading() {
		return this.sweeper.timeSpentReading();
	}

	/** Whether nothing would ever happen by itself. */
	public boolean isIdle() {
		return this.sweeper.isIdle();
	}

	public Collection<SimulatedProcess> processes() {
		return this.processes.values();
	}

	public List<SimulatedProcess> living(String tree) {
		return this.processes.values().stream().filter((p) -> p.isAlive() && p.tree().equals(tree)).toList();
	}

	/** Lets virtual time go on until the condition holds; at most an hour. */
	public void runUntil(BooleanSupplier condition) {
		this.sweeper.runUntil(condition, this.sweeper.nanoTime() + Duration.ofHours(1).toNanos());
	}

	public void runFor(Duration time) {
		boolean[] over = new boolean[1];
		in(time, () -> over[0] = true);
		runUntil(() -> over[0]);
	}

	@Override
	public PlatformInfo platform() {
		return new PlatformInfo("linux", "x86_64", "simulated", this.contained ? "cgroup" : "session",
				this.contained ? TreeKillReliability.GUARANTEED : TreeKillReliability.BEST_EFFORT, Set.of(), List.of());
	}

	@Override
	public Sweeper sweeper() {
		return this.sweeper;
	}

	@Override
	public Spawner spawner() {
		return (request, onExit) -> {
			SimulatedProcess root = createRoot();
			boolean held = this.contained && request.containment() != Containment.SESSION;
			root.given("job-" + root.key().start(), "pipe-" + root.key().start(),
					held ? new SimulatedContainer(this) : null);
			root.watch(onExit);
			return CompletableFuture.completedFuture(new SimulatedChild(this, root, request.atJvmDeath()));
		};
	}

	@Override
	public ProcessTable table() {
		return this.proc.table();
	}

	@Override
	public @Nullable ProcessEntry entry(long pid) {
		return this.proc.entry(pid);
	}

	@Override
	public @Nullable ProcessInfo read(long pid, ProcessFilter detail) {
		SimulatedProcess process = this.processes.get(pid);
		return (process != null) ? new ProcessInfo(pid, null, "sim", null, null, null, null, null, null,
				process.isAlive() ? ProcessState.SLEEPING : ProcessState.ZOMBIE, List.of(), null, null) : null;
	}

	@Override
	public List<ProcessInfo> list(ProcessFilter filter) {
		return this.processes.keySet().stream().map((pid) -> read(pid, filter)).filter(filter::matches).toList();
	}

	@Override
	public @Nullable ProcessIdentity identify(long pid) {
		SimulatedProcess process = this.processes.get(pid);
		return (process != null) ? identityOf(process.key()) : null;
	}

	@Override
	public ProcessIdentity identityOf(ProcessKey key) {
		return new ProcessIdentity("sim", "-", key.pid(), key.start(), null);
	}

	@Override
	public @Nullable ProcessKey keyOf(ProcessIdentity identity) {
		return identity.scheme().equals("sim") ? new ProcessKey(identity.pid(), identity.start()) : null;
	}

	@Override
	public IdentityCheck check(ProcessIdentity identity) {
		ProcessIdentity now = identify(identity.pid());
		return (now != null) ? identity.compareWith(now) : IdentityCheck.GONE;
	}

	@Override
	public PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit) {
		return new SimulatedPin(this, key, this.processes.get(key.pid()), onExit);
	}

	@Override
	public @Nullable String markerOf(ProcessKey key) {
		return this.proc.markerOf(key);
	}

	@Override
	public Set<String> pipesOf(ProcessKey key) {
		return this.proc.pipesOf(key);
	}

	@Override
	public boolean adoptsOrphans() {
		return this.adopting;
	}

	@Override
	public void reapOrphan(ProcessKey key) {
		this.proc.requireLinesReadable();
		SimulatedProcess process = this.proc.holder(key);
		if (process != null && process.parent() == this.jvm && !this.spawned.contains(key)) {
			reap(process);
		}
	}

	@Override
	public boolean wasContained(ProcessKey zombie) {
		this.proc.requireLinesReadable();
		SimulatedProcess process = this.proc.holder(zombie);
		return process != null && process.container() != null;
	}

	@Override
	public SimulatedWatchdog watchdog() {
		return this.watchdog;
	}

}
