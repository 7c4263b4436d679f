package dev.sysprims.os.linux;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.ProcessState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class LinuxProcessesTests {

	private static final ProcessFilter DETAIL = ProcessFilter.builder().includeEnv().includeThreadCount().build();

	private final ProcessFixture fixture = new ProcessFixture();

	private final KnownFacts kernel = new KnownFacts();

	private final LinuxProcesses processes = new LinuxProcesses(this.kernel);

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void theTableHoldsThisJvmAndItsChildAsTheKernelSeesThem() throws IOException {
		LiveProcess child = start("child", "announce child; exec sleep 60");
		ProcessEntry entry = this.processes.table().get(child.pid());
		assertThat(entry).isNotNull();
		assertThat(entry.key()).isEqualTo(new ProcessKey(child.pid(), child.start()));
		assertThat(entry.ppid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(entry.pgid()).isEqualTo(child.pgid());
		assertThat(entry.sid()).isEqualTo(child.sid());
		assertThat(entry.ended()).isFalse();
		assertThat(this.processes.entry(child.pid()).key()).isEqualTo(entry.key());
		assertThat(this.processes.table().get(ProcessHandle.current().pid()).name()).isEqualTo("java");
	}

	@Test
	void aZombieHasEndedKeepsItsNameAndIsTheSame() {
		LiveProcess zombie = this.fixture.zombie();
		assertThat(this.processes.entry(zombie.pid()).ended()).isTrue();
		ProcessInfo info = this.processes.read(zombie.pid(), DETAIL);
		assertThat(info.state()).isEqualTo(ProcessState.ZOMBIE);
		assertThat(info.name()).isEqualTo("sh");
		assertThat(info.cmdline()).isEmpty();
		assertThat(info.exePath()).isNull();
		assertThat(info.memoryKb()).isNull();
		assertThat(info.env()).isNull();
		ProcessIdentity identity = this.processes.identify(zombie.pid());
		assertThat(this.processes.check(identity)).isEqualTo(IdentityCheck.SAME);
	}

	@Test
	void everyFieldOfALivingProcess() throws IOException {
		Instant before = Instant.now();
		LiveProcess child = start("child", "export SECRET=a=b; announce child; exec sleep 60 0");
		ProcessFixture.awaitTrue(() -> "sleep".equals(this.processes.entry(child.pid()).name()) && child.state() == 'S',
				"it does not sleep");
		ProcessInfo info = this.processes.read(child.pid(), DETAIL);
		assertThat(info.pid()).isEqualTo(child.pid());
		assertThat(info.ppid()).isEqualTo(ProcessHandle.current().pid());
		assertThat(info.name()).isEqualTo("sleep");
		assertThat(info.user()).isEqualTo(System.getProperty("user.name"));
		assertThat(info.cpuPercent()).isBetween(0.0, 100.0);
		assertThat(info.memoryKb()).isPositive();
		assertThat(info.elapsed()).isBetween(Duration.ZERO, Duration.ofMinutes(5));
		assertThat(info.startTime()).isBetween(before.minusMillis(20), Instant.now());
		assertThat(info.startTime()).isEqualTo(info.startTime().truncatedTo(ChronoUnit.MILLIS));
		assertThat(info.exePath()).endsWith("sleep");
		assertThat(info.state()).isEqualTo(ProcessState.SLEEPING);
		assertThat(info.cmdline()).containsExactly("sleep", "60", "0");
		assertThat(info.env()).containsEntry("SECRET", "a=b");
		assertThat(info.threadCount()).isEqualTo(1);
	}

	@Test
	void environmentAndThreadCountOnlyOnRequest() {
		ProcessInfo info = this.processes.read(ProcessHandle.current().pid(), ProcessFilter.all());
		assertThat(info.env()).isNull();
		assertThat(info.threadCount()).isNull();
		assertThat(this.processes.read(info.pid(), DETAIL).threadCount()).isGreaterThan(5);
	}

	@Test
	void theNumberOfAThreadIsNoProcess() {
		long thread = ownThread();
		assertThat(this.processes.entry(thread)).isNull();
		assertThat(this.processes.read(thread, DETAIL)).isNull();
		assertThat(this.processes.identify(thread)).isNull();
		assertThat(this.processes.list(ProcessFilter.builder().pidIn(Set.of(thread)).build())).isEmpty();
	}

	@Test
	void anIdentityIsTheSameUntilTheProcessIsGone() throws IOException, InterruptedException {
		Process child = new ProcessBuilder(this.fixture.sh("announce child; read line")).start();
		this.fixture.await("child");
		this.kernel.inode = 4711L;
		ProcessIdentity identity = this.processes.identify(child.pid());
		assertThat(identity.inode()).isEqualTo(4711L);
		assertThat(ProcessIdentity.parse(identity.toString())).isEqualTo(identity);
		assertThat(this.processes.check(identity)).isEqualTo(IdentityCheck.SAME);
		assertThat(this.processes.keyOf(identity)).isEqualTo(this.processes.entry(child.pid()).key());
		child.getOutputStream().close();
		child.waitFor();
		ProcessFixture.awaitTrue(() -> this.processes.entry(child.pid()) == null, "not reaped");
		assertThat(this.processes.check(identity)).isEqualTo(IdentityCheck.GONE);
		assertThat(this.processes.read(child.pid(), DETAIL)).isNull();
		assertThat(this.processes.identify(child.pid())).isNull();
	}

	@Test
	void anotherStartInodeOrBootIsAnotherProcess() {
		long self = ProcessHandle.current().pid();
		ProcessIdentity now = this.processes.identify(self);
		assertThat(this.processes.check(with(now, now.bootId(), now.start() + 1, null)))
			.isEqualTo(IdentityCheck.REUSED);
		String otherBoot = "00000000-0000-0000-0000-000000000000";
		ProcessIdentity earlier = with(now, otherBoot, now.start(), null);
		assertThat(this.processes.check(earlier)).isEqualTo(IdentityCheck.REUSED);
		assertThat(this.processes.keyOf(earlier)).isNull();
		this.kernel.inode = 7L;
		assertThat(this.processes.check(with(now, now.bootId(), now.start(), 7L))).isEqualTo(IdentityCheck.SAME);
		assertThat(this.processes.check(with(now, now.bootId(), now.start(), 8L))).isEqualTo(IdentityCheck.REUSED);
		assertThat(this.processes.check(now)).isEqualTo(IdentityCheck.SAME);
	}

	@Test
	void anIdentityInAnotherSystemsTermsIsUnknown() {
		ProcessIdentity other = new ProcessIdentity("jdk", "-", ProcessHandle.current().pid(), 1, null);
		assertThat(this.processes.check(other)).isEqualTo(IdentityCheck.UNKNOWN);
		assertThat(this.processes.keyOf(other)).isNull();
	}

	@Test
	void theListIsInOrderAndAsFiltered() throws IOException {
		LiveProcess child = start("child", "announce child; read line");
		assertThat(this.processes.list(ProcessFilter.all())).extracting(ProcessInfo::pid)
			.isSorted()
			.contains(child.pid(), ProcessHandle.current().pid());
		assertThat(this.processes.list(ProcessFilter.builder().ppid(ProcessHandle.current().pid()).build()))
			.extracting(ProcessInfo::pid)
			.containsExactly(child.pid());
	}

	@Test
	void aJvmWithoutDescriptorsSaysSoAndNeverThatAProcessIsGone() throws IOException, InterruptedException {
		LiveProcess child = start("child", "announce child; exec sleep 60");
		// The pipes of ProcessBuilder, so that there is something to be asked about.
		String said = new ChildJvm().through("/bin/sh", "-c", "ulimit -n 64; exec \"$@\"", "sh")
			.run(StarvedReader.class, Long.toString(child.pid()));
		assertThat(said.lines()).hasSize(12)
			.startsWith("answer " + child.pid(), "starved, before that SAME SYSTEM")
			.endsWith("answer UNKNOWN", "answer " + child.pid(), "done");
		assertThat(said.lines().skip(2).limit(7)).allSatisfy((line) -> assertThat(line).startsWith("SYSTEM "))
			.allSatisfy((line) -> assertThat(line).contains("limit of open files"));
	}

	private LiveProcess start(String name, String script) throws IOException {
		new ProcessBuilder(this.fixture.sh(script)).start();
		return this.fixture.await(name);
	}

	private static ProcessIdentity with(ProcessIdentity from, String boot, long start, Long inode) {
		return new ProcessIdentity(from.scheme(), boot, from.pid(), start, inode);
	}

	private static long ownThread() {
		long self = ProcessHandle.current().pid();
		String[] threads = new File("/proc/self/task").list();
		for (String thread : threads) {
			if (Long.parseLong(thread) != self) {
				return Long.parseLong(thread);
			}
		}
		throw new AssertionError("A JVM with one thread");
	}

}
