package dev.sysprims.os;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Capability;
import dev.sysprims.process.Command;
import dev.sysprims.process.SysprimsException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What children cost, and that nothing is left of them. */
interface ResourceContract extends BackendUnderTest {

	@Test
	default void manyThreadsStartAtOnceAndEachGetsItsOwnChildsExit() {
		List<CompletableFuture<ExitStatus>> exits = IntStream.range(0, 40)
			.mapToObj((code) -> CompletableFuture.supplyAsync(() -> {
				CollectingSink out = new CollectingSink();
				SpawnRequest request = new SpawnRequest(Command.of("sh", "-c", "echo " + code + "; exit " + code),
						new ChildInput.Empty(), new ChildOutput.Capture(out), new ChildOutput.Discard());
				try (StartedChild started = StartedChild.start(os(), request)) {
					ExitStatus status = started.exit();
					assertThat(out.await().text()).isEqualTo(code + "\n");
					return status;
				}
			}, (task) -> new Thread(task).start()))
			.toList();
		for (int code = 0; code < exits.size(); code++) {
			assertThat(StartedChild.get(exits.get(code))).isEqualTo(ExitStatus.exited(code));
		}
	}

	@Test
	default void aLiveChildCostsNoThreadOrAWarningSaysSo() {
		start("exit 0").close(); // the threads that serve all children
		int before = threads();
		List<StartedChild> children = new ArrayList<>();
		try {
			for (int i = 0; i < 10; i++) {
				children.add(start("announce child" + i + "; exec sleep 60"));
				fixture().await("child" + i);
			}
			if (strongOrWarned(Capability.NO_THREAD_PER_CHILD, os().platform().warnings(), "costs a thread")) {
				assertThat(threads()).isLessThan(before + 5);
			}
		}
		finally {
			children.forEach(StartedChild::close);
		}
	}

	@Test
	default void descriptorsAndThreadsAreFlat() {
		runMany(5);
		ProcessFixture.awaitTrue(() -> backendThreads() <= 3, "threads did not end");
		int descriptors = descriptors();
		runMany(50);
		ProcessFixture.awaitTrue(() -> descriptors() <= descriptors, "descriptors were left");
		ProcessFixture.awaitTrue(() -> backendThreads() <= 3, "threads were left");
	}

	@Test
	default void aFailedStartLeavesNothingBehind() {
		Command missing = Command.of("/no/such/program");
		SpawnRequest request = new SpawnRequest(missing, new ChildInput.Stream(), new ChildOutput.Stream(),
				new ChildOutput.Capture(new CollectingSink()));
		assertThatThrownBy(() -> StartedChild.start(os(), request)).isInstanceOf(SysprimsException.class);
		int descriptors = descriptors();
		int children = os().table().childrenOf(ProcessHandle.current().pid()).size();
		for (int i = 0; i < 30; i++) {
			assertThatThrownBy(() -> StartedChild.start(os(), request)).isInstanceOf(SysprimsException.class);
		}
		ProcessFixture.awaitTrue(() -> descriptors() <= descriptors, "descriptors were left");
		ProcessFixture.awaitTrue(() -> os().table().childrenOf(ProcessHandle.current().pid()).size() <= children,
				"children were left");
	}

	private void runMany(int times) {
		for (int i = 0; i < times; i++) {
			CollectingSink out = new CollectingSink();
			Command command = Command.of("sh", "-c", "read x; echo $x");
			try (StartedChild started = StartedChild.start(os(),
					new SpawnRequest(command, new ChildInput.Bytes("hello\n".getBytes()), new ChildOutput.Capture(out),
							new ChildOutput.Stream()))) {
				started.exit();
				assertThat(out.await().text()).isEqualTo("hello\n");
			}
		}
	}

	private static int descriptors() {
		return new File("/proc/self/fd").list().length;
	}

	private static int threads() {
		return new File("/proc/self/task").list().length;
	}

	private static long backendThreads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("sysprims"))
			.count();
	}

}
