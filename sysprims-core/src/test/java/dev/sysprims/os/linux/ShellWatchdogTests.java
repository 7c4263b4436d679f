package dev.sysprims.os.linux;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.Sweeper;
import dev.sysprims.os.SweeperThread;
import dev.sysprims.os.Watchdog;
import dev.sysprims.os.posix.Errno;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.ShellWatchdog;
import dev.sysprims.os.posix.TableFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What guards must not cost or do while this JVM lives. */
@Timeout(60)
class ShellWatchdogTests {

	private static final ProcessKey NOBODY = new ProcessKey(2_000_000_000, 1);

	private final PidfdSupport pidfds = PidfdSupport.probe(Requirements.check().kernel());

	private final LinuxProcesses processes = new LinuxProcesses(new SystemCalls(this.pidfds));

	private final Sweeper sweeper = new SweeperThread(this.processes::table);

	private final EpollLoop loop = new EpollLoop(this.sweeper::execute);

	private final PidfdWatcher watcher = new PidfdWatcher(this.loop, this.sweeper, this.processes, this.pidfds);

	private LoggedTable file;

	private int refused;

	@Test
	void withoutRoomForTheTableTheWarningSaysSoUntilThatTreeIsOver() {
		this.refused = Errno.EMFILE;
		Watchdog watchdog = watchdog(ShellWatchdog.usualShells());
		assertThat(watchdog.warning()).isEmpty();
		Watchdog.Guard unguarded = watchdog.guard(new GuardedChild(NOBODY));
		assertThat(watchdog.warning()).hasValueSatisfying(
				(warning) -> assertThat(warning).contains("process 2000000000 lives on").contains("EMFILE"));
		this.refused = 0;
		Watchdog.Guard guarded = watchdog.guard(new GuardedChild(NOBODY));
		assertThat(watchdog.warning()).isPresent();
		unguarded.close();
		unguarded.close();
		assertThat(watchdog.warning()).isEmpty();
		guarded.close();
	}

	@Test
	void aShellThatEndsAtOnceIsNotStartedInATightLoop() {
		Watchdog watchdog = watchdog(List.of(Path.of("/bin/true")));
		Watchdog.Guard guard = watchdog.guard(new GuardedChild(NOBODY));
		ProcessFixture.awaitTrue(() -> this.file.opened >= 3, "it was not started again");
		assertThat(this.file.opened).isEqualTo(3);
		ProcessFixture.awaitTrue(() -> watchdog.warning().isPresent(), "there is no warning");
		guard.close();
		ProcessFixture.awaitTrue(() -> this.file.closed, "it went on");
	}

	@Test
	void aShellThatCannotBeStartedIsNamed() {
		Watchdog watchdog = watchdog(List.of(Path.of("/etc/passwd"), Path.of("/no/such"), broken()));
		Watchdog.Guard guard = watchdog.guard(new GuardedChild(NOBODY));
		ProcessFixture.awaitTrue(() -> watchdog.warning().isPresent(), "there is no warning");
		assertThat(watchdog.warning().orElseThrow()).contains("could not be started: posix_spawn failed (ENOEXEC");
		guard.close();
	}

	@Test
	void whatIsToSurviveIsNotGuarded() {
		Watchdog watchdog = watchdog(ShellWatchdog.usualShells());
		GuardedChild child = new GuardedChild(NOBODY, AtJvmDeath.SURVIVE, null);
		assertThat(watchdog.guard(child)).isSameAs(Watchdog.Guard.NONE);
		assertThat(this.file).isNull();
	}

	@Test
	void deadMembersOfALongLifeDoNotFillTheTable() {
		Watchdog watchdog = watchdog(List.of(Path.of("/no/such")));
		ProcessKey alive = this.processes.entry(ProcessHandle.current().pid()).key();
		try (Watchdog.Guard guard = watchdog.guard(new GuardedChild(NOBODY))) {
			guard.member(alive);
			for (int i = 0; i < 10_000; i++) {
				guard.member(new ProcessKey(NOBODY.pid() + 1 + i, 1));
				guard.member(alive);
			}
			assertThat(this.file.largest).isLessThanOrEqualTo(65 * 64);
		}
		assertThat(this.file.size).isZero();
	}

	@Test
	void afterAWhileWithoutTreesNothingIsLeftOfIt() {
		int threads = threads();
		List<String> before = OpenDescriptors.ofWork();
		Watchdog watchdog = watchdog(ShellWatchdog.usualShells());
		try (Watchdog.Guard guard = watchdog.guard(new GuardedChild(NOBODY))) {
			assertThat(guard).isNotSameAs(Watchdog.Guard.NONE);
			// A pipe's name is its own; what earlier tests left may close meanwhile.
			ProcessFixture.awaitTrue(() -> OpenDescriptors.ofWork()
				.stream()
				.anyMatch((link) -> link.startsWith("pipe:") && !before.contains(link)), "it has no pipe");
		}
		ProcessFixture.awaitTrue(() -> this.file.closed, "the table was left open");
		ProcessFixture.awaitTrue(() -> OpenDescriptors.ofWork().size() <= before.size(), "descriptors were left");
		ProcessFixture.awaitTrue(() -> threads() <= threads, "threads were left");
		ProcessFixture.awaitTrue(() -> !this.loop.isRunning(), "the event loop was left");
	}

	private Watchdog watchdog(List<Path> shells) {
		return new ShellWatchdog(() -> {
			if (this.refused != 0) {
				throw new ErrnoException("memfd_create", this.refused);
			}
			this.file = new LoggedTable(MemoryFile.create());
			return this.file;
		}, this.watcher, this.sweeper, this.processes::entry, shells);
	}

	private static Path broken() {
		try {
			File file = File.createTempFile("sysprims", "sh");
			file.deleteOnExit();
			assertThat(file.setExecutable(true)).isTrue();
			return file.toPath();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static int threads() {
		return (int) Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sysprims"))
			.count();
	}

	/** Keeps count. */
	private static final class LoggedTable implements TableFile {

		private final TableFile file;

		private volatile int opened;

		private volatile boolean closed;

		private long size;

		private long largest;

		LoggedTable(TableFile file) {
			this.file = file;
		}

		@Override
		public void write(byte[] bytes, long offset) throws ErrnoException {
			this.file.write(bytes, offset);
			this.size = Math.max(this.size, offset + bytes.length);
			this.largest = Math.max(this.largest, this.size);
		}

		@Override
		public void truncate(long size) throws ErrnoException {
			this.file.truncate(size);
			this.size = size;
		}

		@Override
		public int openForReading() throws ErrnoException {
			int fd = this.file.openForReading();
			this.opened++;
			return fd;
		}

		@Override
		public void close() {
			this.file.close();
			this.closed = true;
		}

	}

}
