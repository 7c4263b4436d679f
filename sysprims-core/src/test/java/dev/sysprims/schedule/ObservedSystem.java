package dev.sysprims.schedule;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import dev.sysprims.os.ExitStatus;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.PinnedProcess;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.ProcessTable;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.Spawner;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.Watchdog;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SysprimsException;
import org.jspecify.annotations.Nullable;

/**
 * A system that counts the pins that are open, and sees every table that is given to the
 * policy.
 */
class ObservedSystem implements OperatingSystem {

	private final OperatingSystem system;

	private @Nullable Consumer<ProcessTable> reader;

	private int openPins;

	ObservedSystem(OperatingSystem system) {
		this.system = system;
	}

	/** Every table that the policy is shown is shown to this reader first. */
	void readBy(@Nullable Consumer<ProcessTable> reader) {
		this.reader = reader;
	}

	int openPins() {
		return this.openPins;
	}

	@Override
	public Sweeper sweeper() {
		Sweeper sweeper = this.system.sweeper();
		return (this.reader != null) ? new ObservedSweeper(sweeper, this.reader) : sweeper;
	}

	@Override
	public PinnedProcess pin(ProcessKey key, Consumer<ExitStatus> onExit) {
		PinnedProcess pin = this.system.pin(key, onExit);
		this.openPins++;
		AtomicBoolean open = new AtomicBoolean(true);
		return new PinnedProcess() {

			@Override
			public SignalOutcome signal(Signal signal) {
				return pin.signal(signal);
			}

			@Override
			public Optional<String> warning() {
				return pin.warning();
			}

			@Override
			public void close() {
				if (open.getAndSet(false)) {
					ObservedSystem.this.openPins--;
				}
				pin.close();
			}

		};
	}

	@Override
	public PlatformInfo platform() {
		return this.system.platform();
	}

	@Override
	public Spawner spawner() {
		return this.system.spawner();
	}

	@Override
	public @Nullable ProcessInfo read(long pid, ProcessFilter detail) {
		return this.system.read(pid, detail);
	}

	@Override
	public List<ProcessInfo> list(ProcessFilter filter) {
		return this.system.list(filter);
	}

	@Override
	public ProcessTable table() {
		return this.system.table();
	}

	@Override
	public @Nullable ProcessEntry entry(long pid) {
		return this.system.entry(pid);
	}

	@Override
	public @Nullable ProcessIdentity identify(long pid) {
		return this.system.identify(pid);
	}

	@Override
	public ProcessIdentity identityOf(ProcessKey key) {
		return this.system.identityOf(key);
	}

	@Override
	public @Nullable ProcessKey keyOf(ProcessIdentity identity) {
		return this.system.keyOf(identity);
	}

	@Override
	public IdentityCheck check(ProcessIdentity identity) {
		return this.system.check(identity);
	}

	@Override
	public @Nullable String markerOf(ProcessKey key) {
		return this.system.markerOf(key);
	}

	@Override
	public Set<String> pipesOf(ProcessKey key) {
		return this.system.pipesOf(key);
	}

	@Override
	public boolean adoptsOrphans() {
		return this.system.adoptsOrphans();
	}

	@Override
	public void adoptOrphans() {
		this.system.adoptOrphans();
	}

	@Override
	public void reapOrphan(ProcessKey key) {
		this.system.reapOrphan(key);
	}

	@Override
	public Watchdog watchdog() {
		return this.system.watchdog();
	}

	private record ObservedSweeper(Sweeper sweeper, Consumer<ProcessTable> observer) implements Sweeper {

		@Override
		public long nanoTime() {
			return this.sweeper.nanoTime();
		}

		@Override
		public Instant now() {
			return this.sweeper.now();
		}

		@Override
		public void execute(Runnable task) {
			this.sweeper.execute(task);
		}

		@Override
		public Runnable schedule(long nanoTime, Runnable task) {
			return this.sweeper.schedule(nanoTime, task);
		}

		@Override
		public void scan(Consumer<ProcessTable> reader, Consumer<SysprimsException> failed) {
			this.sweeper.scan((table) -> {
				this.observer.accept(table);
				reader.accept(table);
			}, failed);
		}

	}

}
