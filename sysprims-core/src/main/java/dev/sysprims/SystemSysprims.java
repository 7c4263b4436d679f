package dev.sysprims;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.Leftovers;
import dev.sysprims.process.NoSuchProcessException;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnInGroupConfig;
import dev.sysprims.process.SpawnInGroupResult;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.WaitPidResult;
import dev.sysprims.tree.EndCause;
import dev.sysprims.tree.OwnedTree;
import dev.sysprims.tree.ProcessTrees;
import dev.sysprims.tree.Targets;
import dev.sysprims.tree.TreeEnd;
import dev.sysprims.tree.TreeListener;
import dev.sysprims.tree.TreePolicy;
import dev.sysprims.tree.TreesAccess;

/** The four primitives over one backend. */
final class SystemSysprims implements Sysprims, TreesAccess {

	private static final TreePolicy UNTIL_EMPTY = new TreePolicy(Leftovers.WAIT, TerminateTreeConfig.defaults());

	private final ProcessTrees trees;

	private final OperatingSystem os;

	private final PidWaits waits;

	SystemSysprims(OperatingSystem os) {
		this.os = os;
		this.trees = new ProcessTrees(os);
		this.waits = new PidWaits(this.trees);
	}

	static Sysprims instance() {
		return Shared.INSTANCE;
	}

	@Override
	public ProcessTrees trees() {
		return this.trees;
	}

	@Override
	public PlatformInfo platform() {
		return this.os.platform();
	}

	@Override
	public ProcessInfo getProcess(long pid) {
		ProcessInfo process = this.os.read(Targets.requirePid(pid), ProcessFilter.all());
		if (process == null) {
			throw gone(pid);
		}
		return process;
	}

	@Override
	public List<ProcessInfo> processes(ProcessFilter filter) {
		return this.os.list(filter);
	}

	@Override
	public List<ProcessInfo> descendants(long pid) {
		ProcessTable table = this.os.table();
		ProcessEntry root = table.get(Targets.requirePid(pid));
		if (root == null) {
			throw gone(pid);
		}
		Set<ProcessEntry> line = new LinkedHashSet<>(List.of(root));
		List<ProcessEntry> generation = List.of(root);
		while (!generation.isEmpty()) {
			generation = generation.stream()
				.flatMap((parent) -> table.childrenOf(parent.pid())
					.stream()
					.filter((child) -> child.key().start() >= parent.key().start()))
				.filter(line::add)
				.toList();
		}
		line.remove(root);
		List<ProcessInfo> descendants = new ArrayList<>();
		for (ProcessEntry entry : line) {
			ProcessInfo process = this.os.read(entry.pid(), ProcessFilter.all());
			if (process != null) {
				descendants.add(process);
			}
		}
		return List.copyOf(descendants);
	}

	@Override
	public ProcessIdentity identify(long pid) {
		ProcessIdentity identity = this.os.identify(Targets.requirePid(pid));
		if (identity == null) {
			throw gone(pid);
		}
		return identity;
	}

	@Override
	public IdentityCheck check(ProcessIdentity identity) {
		return this.os.check(identity);
	}

	@Override
	public SpawnInGroupResult spawnInGroup(SpawnInGroupConfig config) {
		SpawnRequest request = new SpawnRequest(config.command(), new ChildInput.Inherit(), new ChildOutput.Inherit(),
				new ChildOutput.Inherit());
		OwnedTree tree = Uninterrupted.get(this.trees.start(request, UNTIL_EMPTY, new TreeListener() {
		}), () -> {
		});
		SpawnedChild child = tree.child();
		return new SpawnInGroupResult(this.os.sweeper().now(), platform().os(), child.pgid(), tree.reliability(),
				tree.warnings(), child.identity());
	}

	@Override
	public WaitPidResult waitPid(long pid, Duration timeout) throws InterruptedException {
		return this.waits.waitPid(Targets.requirePid(pid), timeout);
	}

	@Override
	public TerminateTreeResult terminateTree(long pid, TerminateTreeConfig config) {
		Targets.requireTarget(pid, this.os);
		OwnedTree owned = this.trees.owned(pid).orElse(null);
		if (owned != null) {
			return terminate(owned, config);
		}
		ProcessEntry root = this.os.entry(pid);
		if (root == null) {
			throw gone(pid);
		}
		return Uninterrupted.get(this.trees.terminateForeign(root, config),
				() -> this.trees.cutForeignGrace(root.key()));
	}

	@Override
	public TerminateTreeResult terminateTree(ProcessIdentity identity, TerminateTreeConfig config) {
		ProcessEntry root = require(identity);
		OwnedTree owned = this.trees.owned(identity.pid()).orElse(null);
		if (owned != null && owned.child().key().equals(root.key())) {
			return terminate(owned, config);
		}
		return Uninterrupted.get(this.trees.terminateForeign(root, config),
				() -> this.trees.cutForeignGrace(root.key()));
	}

	private TerminateTreeResult terminate(OwnedTree tree, TerminateTreeConfig config) {
		TreeEnd end = Uninterrupted.get(tree.terminate(config, EndCause.TERMINATED), tree::cutGrace);
		return (end.termination() != null) ? end.termination() : nothingToEnd(tree, config, end);
	}

	private TerminateTreeResult nothingToEnd(OwnedTree tree, TerminateTreeConfig config, TreeEnd end) {
		return new TerminateTreeResult(this.os.sweeper().now(), platform().os(), tree.child().identity().pid(),
				tree.child().pgid(), config.signal(), null, end.verifiedEmpty(), false, end.reliability(),
				end.warnings(), List.of(), Duration.ZERO);
	}

	@Override
	public void signal(ProcessIdentity identity, Signal signal) {
		ProcessEntry entry = require(identity);
		SignalOutcome outcome;
		try (PinnedProcess pin = this.os.pin(entry.key(), (status) -> {
		})) {
			outcome = pin.signal(signal);
		}
		switch (outcome) {
			case SENT -> {
			}
			case GONE, REUSED -> throw gone(identity.pid());
			case NOT_PERMITTED ->
				throw new PermissionDeniedException("Cannot send " + signal + " to pid " + identity.pid()
						+ ": this JVM's user may not signal it (EPERM). Run as the same user, or with CAP_KILL.");
			case NOT_SUPPORTED ->
				throw new SysprimsException(ErrorKind.NOT_SUPPORTED, "Cannot send " + signal + " to pid "
						+ identity.pid() + ": the " + platform().backend() + " backend cannot send this signal.");
		}
	}

	/**
	 * The line of the very process, or the refusal of everything that is not surely the
	 * same.
	 */
	private ProcessEntry require(ProcessIdentity identity) {
		Targets.requireTarget(identity.pid(), this.os);
		IdentityCheck check = this.os.check(identity);
		ProcessKey key = this.os.keyOf(identity);
		ProcessEntry entry = this.os.entry(identity.pid());
		return switch (check) {
			case SAME -> {
				if (entry == null || !entry.key().equals(key)) {
					throw gone(identity.pid());
				}
				yield entry;
			}
			case GONE -> throw gone(identity.pid());
			case REUSED -> throw new NoSuchProcessException("Process " + identity
					+ " is gone: its pid belongs to another process now, which was left alone. Forget the stored identity.");
			case UNKNOWN -> throw new SysprimsException(ErrorKind.SYSTEM, "It cannot be told whether pid "
					+ identity.pid() + " is still process " + identity + ", so nothing was done to it.");
		};
	}

	static NoSuchProcessException gone(long pid) {
		return new NoSuchProcessException("There is no process with pid " + pid
				+ ". If the number was stored, store Sysprims.identify(pid) instead and check that.");
	}

	private static final class Shared {

		private static final Sysprims INSTANCE = new SystemSysprims(Backends.choose());

	}

}
