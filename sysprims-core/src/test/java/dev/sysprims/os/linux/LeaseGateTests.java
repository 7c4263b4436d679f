package dev.sysprims.os.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.CollectedBytes;
import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.JobMarker;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.posix.AttributeJoining;
import dev.sysprims.os.posix.ErrnoException;
import dev.sysprims.os.posix.GateTrial;
import dev.sysprims.os.posix.JobContainer;
import dev.sysprims.os.posix.Joining;
import dev.sysprims.os.posix.Kill;
import dev.sysprims.os.posix.NotContainedException;
import dev.sysprims.process.Command;
import dev.sysprims.process.CommandNotFoundException;
import dev.sysprims.process.Containment;
import dev.sysprims.process.PermissionDeniedException;
import dev.sysprims.process.Signal;
import dev.sysprims.process.SpawnFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class LeaseGateTests {

	private static final OperatingSystem OS = LinuxSystem.open();

	private final ProcessFixture fixture = new ProcessFixture();

	private final Path directory = this.fixture.directory();

	@BeforeEach
	void needCgroups() {
		CgroupsHere.assumeAvailable(OS);
	}

	@AfterEach
	void closeFixture() {
		this.fixture.close();
	}

	@Test
	void aChildIsInItsCgroupFromItsFirstInstructionOn() {
		try (Spawned spawned = start(
				this.fixture.sh("IFS= read -r x </proc/self/cgroup; announce child; exec sleep 60"))) {
			this.fixture.await("child");
			assertThat(CgroupsHere.isIn(CgroupsHere.cgroupOf(spawned.pid()), CgroupsHere.pathOf(spawned))).isTrue();
			assertThat(spawned.child().warnings()).isEmpty();
		}
	}

	@Test
	void whoeverAProgramForksAtOnceIsInside() throws IOException {
		Path script = this.directory.resolve("forks");
		// Each says where it is; the first ones are forked at once.
		Files.writeString(script,
				"""
						#!/bin/sh
						(grep ^0:: /proc/self/cgroup) & (setsid grep ^0:: /proc/self/cgroup) & grep ^0:: /proc/self/cgroup & wait
						""");
		assertThat(script.toFile().setExecutable(true)).isTrue();
		for (int i = 0; i < 500; i++) {
			CollectedBytes out = new CollectedBytes();
			try (Spawned spawned = Spawned.start(OS, request(Command.of(script.toString()), out))) {
				Path path = CgroupsHere.pathOf(spawned);
				assertThat(out.text().lines()).hasSize(3).allMatch((line) -> CgroupsHere.isIn(line, path));
				spawned.exit();
			}
		}
	}

	@Test
	void aHundredThreadsGetACgroupForEachChild() throws Exception {
		CountDownLatch go = new CountDownLatch(1);
		List<CompletableFuture<String>> all = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			all.add(CompletableFuture.supplyAsync(() -> {
				awaitUninterrupted(go);
				return startsInside(10);
			}, (task) -> new Thread(task).start()));
		}
		go.countDown();
		Set<String> paths = all.stream().flatMap((future) -> Spawned.get(future).lines()).collect(Collectors.toSet());
		assertThat(paths).hasSize(1000);
		assertThat(OS.table().childrenOf(ProcessHandle.current().pid())).isEmpty();
	}

	@Test
	void aFailureIsTheSameThroughTheGate() throws IOException {
		Path plain = Files.writeString(this.directory.resolve("plain"), "#!/bin/sh\n");
		Path data = Files.writeString(this.directory.resolve("data"), "no program\n");
		assertThat(data.toFile().setExecutable(true)).isTrue();
		assertSame(CommandNotFoundException.class, Command.of("/no/such/program"));
		assertSame(PermissionDeniedException.class, Command.of(plain.toString()));
		assertSame(SpawnFailedException.class, Command.of(data.toString()));
		assertSame(SpawnFailedException.class, Command.of("true").withCwd(this.directory.resolve("missing")));
		assertSame(SpawnFailedException.class, Command.of("true", "x".repeat(200_000)));
	}

	@Test
	void aFailureLeavesNothingBehind() {
		try (Spawned spawned = start(List.of("sleep", "60"))) {
			assertThatExceptionOfType(CommandNotFoundException.class).isThrownBy(() -> start(List.of("/no/such")));
			List<String> before = OpenDescriptors.ofWork();
			for (int i = 0; i < 50; i++) {
				assertThatExceptionOfType(CommandNotFoundException.class).isThrownBy(() -> start(List.of("/no/such")));
			}
			assertThat(OpenDescriptors.ofWork()).isEqualTo(before);
			Path own = CgroupsHere.pathOf(spawned).getParent();
			ProcessFixture.awaitTrue(() -> directories(own).size() == 1, "cgroups of failed spawns are left in " + own);
		}
	}

	@Test
	void theGateChangesNothingOfTheWorldOfAChild() throws IOException {
		Command command = Command.of("env", "-0").withEnv("my.prop", "a b").withEnv("9lives", "").withEnv("ü", "ö");
		assertThat(environment(Containment.CGROUP, command)).isEqualTo(environment(Containment.SESSION, command));
		assertThat(output(Containment.CGROUP, Command.of("ls", "/proc/self/fd")).lines()).containsExactly("0", "1", "2",
				"3");
		assertThat(output(Containment.CGROUP, Command.of("cat", "/proc/self/cmdline"))).startsWith("cat\0");
		try (Spawned spawned = start(List.of("sleep", "60"))) {
			assertThat(Files.readAllLines(Path.of("/proc/" + spawned.pid() + "/status")))
				.contains("SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000", "SigCgt:\t0000000000000000");
			ProcessFixture.awaitTrue(() -> OpenDescriptors.numbersOf(spawned.pid()).equals(List.of(0, 1, 2)),
					"there are others");
		}
	}

	@Test
	void onlyWhoWantsACgroupGetsOne() {
		try (Spawned spawned = Spawned.start(OS, CgroupsHere.request(Containment.SESSION, Command.of("true")))) {
			assertThat(spawned.child().container()).isNull();
			assertThat(spawned.child().warnings()).singleElement().asString().contains("setsid(2)");
		}
		try (Spawned spawned = Spawned.start(OS, CgroupsHere.request(Containment.AUTO, Command.of("true")))) {
			assertThat(spawned.child().container()).isNotNull();
		}
	}

	@Test
	void theSpawnerIsRenewedBeforeItGetsSlow() {
		assumeThat(AttributeJoining.isAvailable()).as("a C library that needs no gate").isFalse();
		Set<String> parents = IntStream.range(0, 600).mapToObj((i) -> {
			try (Spawned spawned = start(List.of("true"))) {
				spawned.exit();
				return spawnerThreads();
			}
		}).collect(Collectors.toSet());
		assertThat(parents).hasSizeGreaterThan(1);
	}

	@Test
	void aJvmThatIsKilledWithItsGateShutLeavesNobodyThere() throws Exception {
		String said = new ChildJvm().through("sh", "-c", "\"$@\" & wait $!; echo \"jvm $?\"", "sh")
			.run(ShutGateProgram.class, this.directory.resolve("executed").toString());
		assertThat(said).contains("waits\n").contains("jvm 137");
		long child = Long.parseLong(said.lines()
			.filter((line) -> line.startsWith("child "))
			.findFirst()
			.orElseThrow()
			.substring("child ".length()));
		ProcessFixture.awaitTrue(() -> !isWaiting(child), "the child " + child + " waits for ever");
		assertThat(this.directory.resolve("executed")).doesNotExist();
	}

	@Test
	void whereLeasesAreRefusedTheSessionHasToDo() throws IOException {
		assumeThat(AttributeJoining.isAvailable()).as("a C library that needs no gate").isFalse();
		Path enabled = Path.of("/proc/sys/fs/leases-enable");
		if (!Files.isWritable(enabled)) {
			System.err.println("SKIPPED, a refused lease is NOT tested: it takes root.");
		}
		assumeThat(enabled).as("root").isWritable();
		String before = Files.readString(enabled);
		Files.writeString(enabled, "0");
		try {
			try (Spawned spawned = Spawned.start(OS, CgroupsHere.request(Containment.AUTO, Command.of("true")))) {
				assertThat(spawned.exit().exitCode()).isZero();
				assertThat(spawned.child().container()).isNull();
				assertThat(spawned.child().warnings()).hasSize(2)
					.anyMatch((warning) -> warning.contains("fcntl(F_SETLEASE)") && warning.contains("EINVAL"))
					.anyMatch((warning) -> warning.contains("setsid(2)"));
			}
			assertThatExceptionOfType(SpawnFailedException.class).isThrownBy(() -> start(List.of("true")))
				.withMessageContaining("Cannot start 'true'")
				.withMessageContaining("F_SETLEASE");
		}
		finally {
			Files.writeString(enabled, before);
		}
		try (Spawned spawned = start(List.of("true"))) {
			assertThat(spawned.child().warnings()).isEmpty();
		}
	}

	@Test
	void whoCannotBeMovedIsNotStartedInside() {
		Path executed = this.directory.resolve("executed");
		assertThatExceptionOfType(NotContainedException.class)
			.isThrownBy(() -> GateTrial.start(LeaseGate::open, "/bin/touch", executed.toString(), (pid) -> {
				throw new IllegalStateException("for this test");
			}))
			.withMessageContaining("for this test");
		assertThat(executed).doesNotExist();
		assertThat(OS.table().childrenOf(ProcessHandle.current().pid())).isEmpty();
	}

	@Test
	void whoIsMovedTooLateIsNotStartedInside() {
		Path executed = this.directory.resolve("executed");
		assertThatExceptionOfType(NotContainedException.class)
			.isThrownBy(() -> GateTrial.start(() -> LeaseGate.open(0), "/bin/touch", executed.toString(), (pid) -> {
			}))
			.withMessageContaining("fs.lease-break-time");
		assertThat(executed).doesNotExist();
		assertThat(OS.table().childrenOf(ProcessHandle.current().pid())).isEmpty();
	}

	@Test
	void whoCannotBeMovedDoesNotPassWithThePermitOfTheOneBefore() throws Exception {
		List<Integer> errors = new ArrayList<>();
		LeaseGate gate = LeaseGate.open();
		try {
			GateTrial.reap(GateTrial.start(() -> new WatchedGate(gate, errors), "/bin/true", "", (pid) -> {
			}));
			assertThatExceptionOfType(NotContainedException.class)
				.isThrownBy(() -> GateTrial.start(() -> new WatchedGate(gate, errors), "/bin/true", "", (pid) -> {
					throw new IllegalStateException("for this test");
				}));
		}
		finally {
			gate.close();
		}
		assertThat(errors).hasSize(2).first().isEqualTo(0);
		assertThat(errors.get(1)).as("it executed its program").isNotZero();
	}

	@Test
	void whoDiesAtTheGateHoldsUpNobody() throws Exception {
		int pid = GateTrial.start(LeaseGate::open, "/bin/true", "", (child) -> Kill.process(child, Signal.KILL));
		GateTrial.reap(pid);
		assertThat(OS.entry(pid)).isNull();
	}

	private static boolean isWaiting(long child) {
		try {
			String stat = Files.readString(Path.of("/proc/" + child + "/stat"));
			return !stat.substring(stat.lastIndexOf(')') + 2).startsWith("Z");
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String spawnerThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("sysprims-gate"))
			.map((thread) -> Long.toString(thread.getId()))
			.sorted()
			.collect(Collectors.joining(","));
	}

	private static String startsInside(int count) {
		StringBuilder paths = new StringBuilder();
		for (int i = 0; i < count; i++) {
			CollectedBytes out = new CollectedBytes();
			try (Spawned spawned = Spawned.start(OS, request(Command.of("grep", "^0::", "/proc/self/cgroup"), out))) {
				Path path = CgroupsHere.pathOf(spawned);
				assertThat(out.text().lines()).singleElement().matches((line) -> CgroupsHere.isIn(line, path));
				spawned.exit();
				paths.append(path).append('\n');
			}
		}
		return paths.toString();
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static List<Path> directories(Path own) {
		try (Stream<Path> found = Files.list(own)) {
			return found.filter(Files::isDirectory).toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private void assertSame(Class<? extends Exception> type, Command command) {
		String without = failure(type, Containment.SESSION, command);
		assertThat(failure(type, Containment.CGROUP, command)).isEqualTo(without);
		assertThat(failure(type, Containment.AUTO, command)).isEqualTo(without);
	}

	private static String failure(Class<? extends Exception> type, Containment containment, Command command) {
		StringBuilder message = new StringBuilder();
		assertThatExceptionOfType(type)
			.isThrownBy(() -> Spawned.start(OS, CgroupsHere.request(containment, command)).close())
			.satisfies((ex) -> message.append(ex.getMessage()));
		return message.toString();
	}

	/** Without the job's own marker, which is another one each time. */
	private static List<String> environment(Containment containment, Command command) {
		return Stream.of(output(containment, command).split("\0"))
			.filter((variable) -> !variable.startsWith(JobMarker.VARIABLE + "="))
			.toList();
	}

	private static String output(Containment containment, Command command) {
		CollectedBytes out = new CollectedBytes();
		try (Spawned spawned = Spawned.start(OS, new SpawnRequest(command, new ChildInput.Empty(),
				new ChildOutput.Capture(out), new ChildOutput.SameAsStdout(), containment, AtJvmDeath.END))) {
			String text = out.text();
			spawned.exit();
			return text;
		}
	}

	private static SpawnRequest request(Command command, CollectedBytes out) {
		return new SpawnRequest(command, new ChildInput.Empty(), new ChildOutput.Capture(out),
				new ChildOutput.SameAsStdout(), Containment.CGROUP, AtJvmDeath.END);
	}

	private static Spawned start(List<String> argv) {
		return Spawned.start(OS, CgroupsHere.request(Containment.CGROUP, Command.of(argv.toArray(String[]::new))));
	}

	/** Notes what the spawn call says of the child. */
	private record WatchedGate(LeaseGate gate, List<Integer> errors) implements Joining {

		@Override
		public void prepare(long attributes, long fileActions, JobContainer container) throws ErrnoException {
			this.gate.prepare(attributes, fileActions, container);
		}

		@Override
		public void settle(int error, int pid) throws NotContainedException {
			this.errors.add(error);
			this.gate.settle(error, pid);
		}

		@Override
		public boolean isAmbiguous(int error) {
			return this.gate.isAmbiguous(error);
		}

		@Override
		public boolean isWorn() {
			return this.gate.isWorn();
		}

		@Override
		public void close() {
			// There is another one to come.
		}

	}

}
