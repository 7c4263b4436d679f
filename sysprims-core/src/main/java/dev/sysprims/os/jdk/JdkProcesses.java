package dev.sysprims.os.jdk;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.ProcessState;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * Processes as {@link ProcessHandle} shows them. A start is in milliseconds of the wall
 * clock: on Linux the JDK adds the moment of the boot as it saw it when it started, so
 * that one JVM always says the same of a process, but another one may not. Thread-safe.
 */
final class JdkProcesses {

	/**
	 * The start of a process whose start cannot be read; like no other, itself included.
	 */
	static final long START_UNKNOWN = 0;

	private static final String SCHEME = "jdk";

	private static final String NO_BOOT_ID = "-";

	/**
	 * All processes.
	 * @throws SysprimsException of kind system when the JDK cannot list them
	 */
	ProcessTable table() {
		List<ProcessEntry> entries = handles(null).map(JdkProcesses::entry).flatMap(Optional::stream).toList();
		long self = ProcessHandle.current().pid();
		if (entries.stream().noneMatch((entry) -> entry.pid() == self)) {
			throw notListed("this JVM itself is missing in the list.", null);
		}
		return new ProcessTable(entries);
	}

	/** One line of the table, or null when there is no such process. */
	@Nullable ProcessEntry entry(long pid) {
		return find(pid).flatMap(JdkProcesses::entry).orElse(null);
	}

	/** What the JDK knows of a process: neither memory nor environment nor threads. */
	@Nullable ProcessInfo read(long pid) {
		return find(pid).flatMap(JdkProcesses::info).orElse(null);
	}

	List<ProcessInfo> list(ProcessFilter filter) {
		return handles(filter.pids()).map(JdkProcesses::info)
			.flatMap(Optional::stream)
			.filter(filter::matches)
			.sorted(Comparator.comparingLong(ProcessInfo::pid))
			.toList();
	}

	/**
	 * The identity of the process that has this number now, or null.
	 * @throws SysprimsException of kind system when its start cannot be read
	 */
	@Nullable ProcessIdentity identify(long pid) {
		ProcessEntry entry = entry(pid);
		if (entry == null) {
			return null;
		}
		if (entry.key().start() == START_UNKNOWN) {
			throw new SysprimsException(ErrorKind.SYSTEM, "There is a process " + pid
					+ ", but the JDK cannot read its start. It cannot be told from a later one with its number.");
		}
		return identityOf(entry.key());
	}

	ProcessIdentity identityOf(ProcessKey key) {
		return new ProcessIdentity(SCHEME, NO_BOOT_ID, key.pid(), key.start(), null);
	}

	@Nullable ProcessKey keyOf(ProcessIdentity identity) {
		return identity.scheme().equals(SCHEME) ? new ProcessKey(identity.pid(), identity.start()) : null;
	}

	IdentityCheck check(ProcessIdentity identity) {
		if (!identity.scheme().equals(SCHEME)) {
			return IdentityCheck.UNKNOWN;
		}
		ProcessEntry now = entry(identity.pid());
		if (now == null) {
			return IdentityCheck.GONE;
		}
		if (now.key().start() == START_UNKNOWN || identity.start() == START_UNKNOWN) {
			return IdentityCheck.UNKNOWN;
		}
		return identity.compareWith(identityOf(now.key()));
	}

	/** The key of a process, with an unknown start when the JDK cannot read it. */
	static ProcessKey key(ProcessHandle handle) {
		return key(handle, handle.info());
	}

	private static ProcessKey key(ProcessHandle handle, ProcessHandle.Info info) {
		return new ProcessKey(handle.pid(), info.startInstant().map(Instant::toEpochMilli).orElse(START_UNKNOWN));
	}

	/**
	 * The handle of a process.
	 * @throws SysprimsException of kind system when the JDK finds not even this JVM: it
	 * may lack descriptors, and must not take others for gone
	 */
	static Optional<ProcessHandle> find(long pid) {
		Optional<ProcessHandle> handle = ProcessHandle.of(pid);
		if (handle.isEmpty()) {
			requireThatThisJvmIsFound();
		}
		return handle.filter((found) -> !StatusFile.of(pid).thread());
	}

	private static void requireThatThisJvmIsFound() {
		if (ProcessHandle.of(ProcessHandle.current().pid()).isEmpty()) {
			throw notListed("it does not find this JVM itself.", null);
		}
	}

	private static Stream<ProcessHandle> handles(@Nullable Set<Long> pids) {
		if (pids != null) {
			return pids.stream().map(JdkProcesses::find).flatMap(Optional::stream);
		}
		try {
			return ProcessHandle.allProcesses();
		}
		catch (RuntimeException ex) { // what the JDK throws when /proc cannot be opened
			throw notListed(ex.getMessage() + ".", ex);
		}
	}

	private static Optional<ProcessEntry> entry(ProcessHandle handle) {
		ProcessHandle.Info info = handle.info();
		if (vanished(handle, info)) {
			return Optional.empty();
		}
		long parent = handle.parent().map(ProcessHandle::pid).orElse(0L);
		String name = info.command().map(JdkProcesses::fileName).orElse("");
		return Optional.of(new ProcessEntry(key(handle, info), parent, ProcessEntry.UNKNOWN, ProcessEntry.UNKNOWN,
				zombie(handle, info), name));
	}

	private static Optional<ProcessInfo> info(ProcessHandle handle) {
		ProcessHandle.Info info = handle.info();
		if (vanished(handle, info)) {
			return Optional.empty();
		}
		Instant start = info.startInstant().orElse(null);
		Duration elapsed = (start != null) ? atLeastZero(Duration.between(start, Instant.now())) : null;
		List<String> cmdline = new ArrayList<>();
		info.command().ifPresent(cmdline::add);
		info.arguments().map(List::of).ifPresent(cmdline::addAll);
		return Optional.of(new ProcessInfo(handle.pid(), handle.parent().map(ProcessHandle::pid).orElse(null),
				info.command().map(JdkProcesses::fileName).orElse(null), info.user().orElse(null),
				cpuPercent(info, elapsed), null, elapsed, start, info.command().orElse(null),
				zombie(handle, info) ? ProcessState.ZOMBIE : ProcessState.UNKNOWN, cmdline, null, null));
	}

	private static boolean vanished(ProcessHandle handle, ProcessHandle.Info info) {
		if (info.startInstant().isPresent() || handle.isAlive()) {
			return false;
		}
		requireThatThisJvmIsFound();
		return true;
	}

	private static Duration atLeastZero(Duration elapsed) {
		return elapsed.isNegative() ? Duration.ZERO : elapsed; // the clock was stepped
	}

	private static @Nullable Double cpuPercent(ProcessHandle.Info info, @Nullable Duration elapsed) {
		Duration used = info.totalCpuDuration().orElse(null);
		if (used == null || elapsed == null || elapsed.isZero()) {
			return null;
		}
		return Math.min(100.0, 100.0 * used.toNanos() / elapsed.toNanos());
	}

	private static boolean zombie(ProcessHandle handle, ProcessHandle.Info info) {
		// A zombie has no program any more: only those without one are looked at again.
		return info.command().isEmpty() && StatusFile.of(handle.pid()).zombie();
	}

	private static String fileName(String command) {
		Path name = Path.of(command).getFileName();
		return (name != null) ? name.toString() : command;
	}

	private static SysprimsException notListed(String why, @Nullable Throwable cause) {
		return new SysprimsException(ErrorKind.SYSTEM, "The JDK cannot list processes: " + why
				+ " This JVM may have reached its limit of open files, or /proc is not mounted.", cause);
	}

}
