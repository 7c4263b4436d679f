package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.process.TreeKillReliability;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** JVMs in other surroundings than this one's: with less of a cgroup v2, or none. */
class CgroupSurroundingsIntegrationTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private final Path base = Path.of(Objects.requireNonNullElse(place().directory(), "/"));

	@BeforeEach
	void needRootAndCgroups() throws Exception {
		CgroupsHere.assumeAvailable(OS);
		int code = new ProcessBuilder("unshare", "-m", "true").start().waitFor();
		if (code != 0) {
			System.err.println("SKIPPED, other surroundings are NOT tested: it takes root and util-linux.");
		}
		assumeThat(code).as("root and util-linux").isZero();
	}

	@Test
	void withACgroupOfItsOwnATreeIsGuaranteed() throws Exception {
		assertThat(withoutTheKernelsAge(new ChildJvm().run(ContainmentProgram.class))).containsExactly(
				"containment cgroup", "reliability GUARANTEED", "AUTO exit 0 contained true",
				"CGROUP exit 0 contained true", "SESSION exit 0 contained false", "left children 0",
				"supervisor SUCCEEDED");
	}

	@Test
	void aReadOnlyMountMeansTheSessionWithTheReason() throws Exception {
		assertSession(inMountNamespace("mount -o remount,bind,ro " + mountPoint()), "read-only");
	}

	@Test
	void withoutAMountTheReasonIsGiven() throws Exception {
		assertSession(inMountNamespace("umount " + mountPoint()), "no cgroup v2 hierarchy is mounted");
	}

	@Test
	void outsideOfADelegatedSubtreeTheReasonIsGiven() throws Exception {
		assertSession(new ChildJvm().through(asNobody()), "EACCES");
	}

	@Test
	void insideOfADelegatedSubtreeAnotherUserHasCgroupsToo() throws Exception {
		Path delegated = Files.createDirectory(this.base.resolve("delegated-" + ProcessHandle.current().pid()));
		try {
			String script = "chown -R 65534 " + delegated + " && echo $$ >" + delegated
					+ "/cgroup.procs && exec \"$@\"";
			String said = new ChildJvm().through("sh", "-c", script, "sh")
				.through(asNobody())
				.run(ContainmentProgram.class);
			assertCgroup(said);
		}
		finally {
			ProcessFixture.awaitTrue(() -> isRemoved(new CgroupDirectory(delegated)), delegated + " is not removed");
		}
	}

	@Test
	void inACgroupNamespaceWithAMountOfItsOwnAContainerHasCgroupsToo() throws Exception {
		String inside = "umount " + mountPoint() + " && mount -t cgroup2 none " + mountPoint() + " && exec \"$@\"";
		assertCgroup(inNamespaces(inside));
	}

	@Test
	void inACgroupNamespaceThatSeesItsHostsMountTheReasonIsGiven() throws Exception {
		assertSession(inNamespaces("exec \"$@\""), "is not in what is mounted at " + mountPoint());
	}

	@Test
	void aJvmThatIsItselfAJobHasCgroupsBelowItsOwn() throws Exception {
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder().shutdownHook(false).build()) {
			Job job = supervisor.start(JobSpec.command(new ChildJvm().command(ContainmentProgram.class)).build());
			assertThat(job.await().reliability()).isEqualTo(TreeKillReliability.GUARANTEED);
			assertCgroup(job.output().stdout());
		}
	}

	@Test
	void aJvmThatEndsInOrderLeavesNothing() throws Exception {
		List<String> before = ours();
		new ChildJvm().run(ContainmentProgram.class);
		assertThat(before).containsAll(ours());
	}

	@Test
	void whatADeadJvmLeftIsRemovedAtTheNextStart() throws Exception {
		List<String> before = ours();
		new ChildJvm().run(ContainmentProgram.class, "halt");
		List<String> left = ours().stream().filter((name) -> !before.contains(name)).toList();
		assertThat(left).as("what the JVM that was halted left").isNotEmpty();
		LinuxSystem.open();
		assertThat(ours()).doesNotContainAnyElementsOf(left);
	}

	@Test
	void nobodyElsesCgroupIsRemovedAtAStart() throws Exception {
		CgroupOwner self = CgroupOwner.self(new LinuxProcesses(new SystemCalls(PidfdSupport.probe(new Version(5, 4)))));
		List<CgroupDirectory> others = Stream
			.of(self.name(999), new CgroupOwner("1", 2, 3).name(1), "sysprims-of-somebody", "sysprims-1-2-3")
			.map((name) -> new CgroupDirectory(this.base.resolve(name)))
			.toList();
		CgroupDirectory dead = new CgroupDirectory(
				this.base.resolve(new CgroupOwner(self.namespace(), self.pid(), self.start() - 1).name(1)));
		try {
			for (CgroupDirectory other : others) {
				other.make();
			}
			dead.make();
			LinuxSystem.open();
			assertThat(others).allSatisfy((other) -> assertThat(other.path()).exists());
			assertThat(dead.path()).doesNotExist();
		}
		finally {
			for (CgroupDirectory other : others) {
				other.remove();
			}
		}
	}

	private static void assertCgroup(String said) {
		assertThat(withoutTheKernelsAge(said))
			.contains("containment cgroup", "CGROUP exit 0 contained true", "left children 0")
			.noneMatch((line) -> line.startsWith("warning"));
	}

	/** An older kernel has a warning that is none of ours. */
	private static List<String> withoutTheKernelsAge(String said) {
		return said.lines().filter((line) -> !line.contains("PIDFD_GET_INFO")).toList();
	}

	/** As a container's: its own cgroup is the top of the hierarchy that it knows. */
	private String inNamespaces(String inside) throws Exception {
		CgroupDirectory container = new CgroupDirectory(
				this.base.resolve("container-" + ProcessHandle.current().pid()));
		container.make();
		try {
			String outside = "echo $$ >" + container.path()
					+ "/cgroup.procs && exec unshare --cgroup --mount sh -c \"$0\" sh \"$@\"";
			return new ChildJvm().through("sh", "-c", outside, inside).run(ContainmentProgram.class);
		}
		finally {
			ProcessFixture.awaitTrue(() -> isRemoved(container), container.path() + " is not removed");
		}
	}

	private static void assertSession(ChildJvm jvm, String reason) throws Exception {
		assertSession(jvm.run(ContainmentProgram.class), reason);
	}

	private static void assertSession(String said, String reason) {
		assertThat(said.lines()).contains("containment session", "reliability BEST_EFFORT",
				"AUTO exit 0 contained false", "SESSION exit 0 contained false", "left children 0");
		assertThat(said.lines()).anyMatch((line) -> line.startsWith("warning ") && line.contains(reason))
			.anyMatch((line) -> line.startsWith("warning ") && line.contains("setsid(2)"))
			.anyMatch((line) -> line.startsWith("CGROUP SPAWN_FAILED Cannot start 'true': ") && line.contains(reason))
			.anyMatch((line) -> line.startsWith("supervisor NOT_SUPPORTED") && line.contains("Delegate=yes"));
	}

	private static ChildJvm inMountNamespace(String mounting) {
		return new ChildJvm().through("unshare", "-m", "sh", "-c", mounting + " && exec \"$@\"", "sh");
	}

	/** With nothing of root but that it may read the class path, wherever that is. */
	private static String[] asNobody() {
		return new String[] { "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--inh-caps",
				"-all,+dac_read_search", "--ambient-caps", "+dac_read_search" };
	}

	private static boolean isRemoved(CgroupDirectory directory) {
		try {
			directory.remove();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private String mountPoint() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/mountinfo"))
			.stream()
			.filter((line) -> line.contains(" - cgroup2 "))
			.map((line) -> line.split(" ")[4])
			.filter(this.base.toString()::startsWith)
			.findFirst()
			.orElseThrow();
	}

	private List<String> ours() throws IOException {
		try (Stream<Path> found = Files.list(this.base)) {
			return found.map((path) -> path.getFileName().toString())
				.filter((name) -> CgroupOwner.parse(name) != null)
				.toList();
		}
	}

	private static CgroupPlace place() {
		try {
			return CgroupPlace.find(Files.readString(Path.of("/proc/self/cgroup")),
					Files.readString(Path.of("/proc/self/mountinfo")));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
