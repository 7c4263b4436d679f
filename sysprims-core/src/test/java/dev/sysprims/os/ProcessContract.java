package dev.sysprims.os;

import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import dev.sysprims.process.IdentityCheck;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.ProcessInfo;
import dev.sysprims.process.ProcessState;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of processes, their details and their identities. */
interface ProcessContract extends BackendUnderTest {

	/** Larger than any pid of Linux (2²²). */
	long NOBODY = 4_194_305;

	@Test
	default void theTableHoldsThisJvmAndItsChild() {
		try (StartedChild started = start("announce child; exec sleep 60")) {
			LiveProcess child = fixture().await("child");
			ProcessTable table = os().table();
			assertThat(table.get(ProcessHandle.current().pid())).isNotNull();
			ProcessEntry entry = table.get(started.child().key());
			assertThat(entry).isNotNull();
			assertThat(entry.pid()).isEqualTo(child.pid());
			assertThat(entry.ppid()).isEqualTo(ProcessHandle.current().pid());
			assertThat(entry.ended()).isFalse();
			assertThat(table.childrenOf(ProcessHandle.current().pid())).contains(entry);
			boolean groups = os().platform().has(Capability.GROUPS_VISIBLE);
			assertThat(entry.pgid()).isEqualTo(groups ? child.pgid() : ProcessEntry.UNKNOWN);
			assertThat(entry.sid()).isEqualTo(groups ? child.sid() : ProcessEntry.UNKNOWN);
			assertThat(os().entry(child.pid()).key()).isEqualTo(entry.key());
		}
	}

	@Test
	default void aZombieHasEndedAndIsStillTheSame() {
		LiveProcess zombie = fixture().zombie();
		assertThat(os().entry(zombie.pid()).ended()).isTrue();
		assertThat(os().table().get(zombie.pid()).ended()).isTrue();
		assertThat(os().read(zombie.pid(), ProcessFilter.all()).state()).isEqualTo(ProcessState.ZOMBIE);
		assertThat(os().check(os().identify(zombie.pid()))).isEqualTo(IdentityCheck.SAME);
	}

	@Test
	default void aProcessThatIsNotThereIsNull() {
		assertThat(os().entry(NOBODY)).isNull();
		assertThat(os().identify(NOBODY)).isNull();
		assertThat(os().read(NOBODY, ProcessFilter.all())).isNull();
		assertThat(os().list(ProcessFilter.builder().pidIn(Set.of(NOBODY)).build())).isEmpty();
	}

	@Test
	default void theNumberOfAThreadIsNoProcess() {
		String self = Long.toString(ProcessHandle.current().pid());
		long thread = List.of(new File("/proc/self/task").list())
			.stream()
			.filter((id) -> !id.equals(self))
			.mapToLong(Long::parseLong)
			.findFirst()
			.orElseThrow();
		assertThat(os().entry(thread)).isNull();
		assertThat(os().identify(thread)).isNull();
		assertThat(os().read(thread, ProcessFilter.all())).isNull();
	}

	@Test
	default void theDetailsOfAProcess() {
		Instant before = Instant.now();
		try (StartedChild started = start("export SECRET=a=b; announce child; exec sleep 60")) {
			LiveProcess child = awaitSleep("child");
			ProcessInfo info = os().read(child.pid(),
					ProcessFilter.builder().includeEnv().includeThreadCount().build());
			assertThat(info.pid()).isEqualTo(started.pid());
			assertThat(info.ppid()).isEqualTo(ProcessHandle.current().pid());
			assertThat(info.name()).isEqualTo("sleep");
			assertThat(info.user()).isEqualTo(System.getProperty("user.name"));
			assertThat(info.exePath()).endsWith("/sleep");
			assertThat(info.cmdline()).hasSize(2).last().isEqualTo("60");
			assertThat(info.cpuPercent()).isBetween(0.0, 100.0);
			assertThat(info.elapsed()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
			// The JDK knows the moment of the boot to the second only.
			assertThat(info.startTime()).isBetween(before.minusMillis(isNative() ? 20 : 1_100), Instant.now());
			assertThat(info.state()).isEqualTo(isNative() ? ProcessState.SLEEPING : ProcessState.UNKNOWN);
			if (isNative()) {
				assertThat(info.memoryKb()).isPositive();
				assertThat(info.env()).containsEntry("SECRET", "a=b");
				assertThat(info.threadCount()).isEqualTo(1);
			}
			else {
				assertThat(info.memoryKb()).isNull();
				assertThat(info.env()).isNull();
				assertThat(info.threadCount()).isNull();
			}
		}
	}

	@Test
	default void theListIsInOrderAndFiltered() {
		try (StartedChild one = start("announce one; exec sleep 60");
				StartedChild two = start("announce two; exec sleep 60")) {
			assertThat(os().list(ProcessFilter.all())).extracting(ProcessInfo::pid)
				.isSorted()
				.contains(one.pid(), two.pid(), ProcessHandle.current().pid());
			assertThat(os().list(ProcessFilter.builder().pidIn(Set.of(two.pid(), one.pid(), NOBODY)).build()))
				.extracting(ProcessInfo::pid)
				.containsExactlyInAnyOrder(one.pid(), two.pid())
				.isSorted();
			assertThat(os().list(ProcessFilter.builder().ppid(ProcessHandle.current().pid()).build()))
				.extracting(ProcessInfo::pid)
				.contains(one.pid(), two.pid())
				.doesNotContain(ProcessHandle.current().pid());
		}
	}

	@Test
	default void anIdentityNamesOneProcessAndNoneOnceItIsGone() {
		ProcessIdentity identity;
		try (StartedChild started = start("announce child; exec sleep 60")) {
			fixture().await("child");
			identity = os().identify(started.pid());
			assertThat(identity).isEqualTo(started.child().identity());
			assertThat(os().check(ProcessIdentity.parse(identity.toString()))).isEqualTo(IdentityCheck.SAME);
			assertThat(os().keyOf(identity)).isEqualTo(started.child().key());
			assertThat(os().check(os().identityOf(started.child().key()))).isEqualTo(IdentityCheck.SAME);
			ProcessIdentity earlier = new ProcessIdentity(identity.scheme(), identity.bootId(), identity.pid(),
					identity.start() - 10, null);
			assertThat(os().check(earlier)).isEqualTo(IdentityCheck.REUSED);
		}
		ProcessFixture.awaitTrue(() -> os().check(identity) == IdentityCheck.GONE, "not gone");
	}

	@Test
	default void anIdentityInAnotherSystemsTermsIsUnknown() {
		ProcessIdentity other = new ProcessIdentity("other", "-", ProcessHandle.current().pid(), 1, null);
		assertThat(os().check(other)).isEqualTo(IdentityCheck.UNKNOWN);
		assertThat(os().keyOf(other)).isNull();
	}

}
