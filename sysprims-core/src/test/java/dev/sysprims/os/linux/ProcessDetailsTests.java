package dev.sysprims.os.linux;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessDetailsTests {

	private static final ProcessFilter DETAIL = ProcessFilter.builder().includeEnv().includeThreadCount().build();

	private static final long SECOND = 100;

	@TempDir
	private Path root;

	private ProcessDetails details;

	@BeforeEach
	void emptyProcess() throws IOException {
		Files.createDirectory(this.root.resolve("7"));
		Files.createFile(this.root.resolve("7/environ"));
		Files.createFile(this.root.resolve("7/cmdline"));
		BootClock clock = new BootClock(Clock.systemUTC(), Duration.ofSeconds(10)::toNanos, SECOND);
		this.details = new ProcessDetails(new ProcReader(this.root.toFile()), clock,
				new UserNames(new File("missing")));
	}

	@Test
	void anEmptyEnvironmentIsOneOnlyOfAProcessThatHasMemory() {
		assertThat(read(stat('S', 0, 0, 0)).env()).isEmpty();
		assertThat(read(stat('Z', 0, 0, 0)).env()).as("a zombie's").isNull();
		assertThat(read(stat('S', 0x0020_0000, 0, 0)).env()).as("a kernel thread's").isNull();
	}

	@Test
	void aSharePerCoreOverTheLifetimeAndAtMostOneCore() {
		assertThat(read(stat('R', 0, 2 * SECOND, 0)).cpuPercent()).isEqualTo(25.0);
		assertThat(read(stat('R', 0, 100 * SECOND, 0)).cpuPercent()).isEqualTo(100.0);
		assertThat(read(stat('R', 0, SECOND, 10 * SECOND)).cpuPercent()).as("no lifetime yet").isNull();
	}

	@Test
	void whatStatusDoesNotSayIsNull() {
		ProcessInfo info = this.details.read(stat('S', 0, 0, 0), new ProcStatus(7L, null, null, null), DETAIL);
		assertThat(info.user()).isNull();
		assertThat(info.memoryKb()).isNull();
		assertThat(info.threadCount()).isNull();
		assertThat(info.exePath()).isNull();
		assertThat(info.cmdline()).isEmpty();
	}

	private ProcessInfo read(ProcStat stat) {
		return this.details.read(stat, new ProcStatus(7L, 0L, 1L, 1), DETAIL);
	}

	/** A process of two seconds after boot, or of another start, eight seconds later. */
	private static ProcStat stat(char state, long flags, long userTime, long start) {
		long started = (start != 0) ? start : 2 * SECOND;
		return new ProcStat(7, "a", state, 1, 1, 1, flags, userTime, 0, 1, started);
	}

}
