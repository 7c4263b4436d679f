package dev.sysprims.surroundings;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.sysprims.fixture.CProgram;
import dev.sysprims.fixture.ChildJvm;
import dev.sysprims.fixture.LiveProcess;
import dev.sysprims.fixture.ProcessFixture;
import dev.sysprims.process.Containment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A JVM that runs the {@link SurroundedProgram} with one tree of three processes, seen
 * from outside, where its surroundings can be made worse and mended. The members announce
 * themselves: what it says of them is held against what the kernel says.
 */
final class SurroundedJvm implements AutoCloseable {

	/** A leader, a member that ignores SIGTERM, and a daemon in a session of its own. */
	static final String TREE = """
			sh -c '. "$0"; trap "" TERM; announce member; while :; do sleep 1; done' "$FIXTURE" &
			(setsid sh -c '. "$0"; announce daemon; exec sleep 60' "$FIXTURE" &)
			announce leader
			while :; do sleep 1; done
			""";

	private static final long PATIENCE_SECONDS = 60;

	private final ProcessFixture fixture = new ProcessFixture();

	private final Process process;

	private final BufferedWriter requests;

	private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

	private SurroundedJvm(ChildJvm jvm, Containment containment, String tree) throws IOException {
		List<String> arguments = new ArrayList<>(List.of(containment.name()));
		arguments.addAll(this.fixture.sh(tree));
		this.process = jvm.start(SurroundedProgram.class, arguments.toArray(String[]::new));
		this.requests = this.process.outputWriter(StandardCharsets.UTF_8);
		BufferedReader reader = this.process.inputReader(StandardCharsets.UTF_8);
		Thread thread = new Thread(() -> reader.lines().forEach(this.answers::add), "answers");
		thread.setDaemon(true);
		thread.start();
	}

	static SurroundedJvm start(ChildJvm jvm, Containment containment) throws IOException {
		return start(jvm, containment, TREE);
	}

	static SurroundedJvm start(ChildJvm jvm, Containment containment, String tree) throws IOException {
		return new SurroundedJvm(jvm, containment, tree);
	}

	long pid() {
		return this.process.pid();
	}

	ProcessFixture fixture() {
		return this.fixture;
	}

	/** Does this, and says what came of it. */
	List<String> ask(String request) throws IOException, InterruptedException {
		this.requests.write(request + "\n");
		this.requests.flush();
		List<String> answer = new ArrayList<>();
		while (true) {
			String line = this.answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
			if (line == null) {
				throw new AssertionError(
						"No answer to '" + request + "', alive: " + this.process.isAlive() + ", so far: " + answer);
			}
			if (line.equals(SurroundedProgram.DONE)) {
				return answer;
			}
			answer.add(line);
		}
	}

	/** Asks until it says this. */
	void awaitAnswer(String request, String answer) {
		ProcessFixture.awaitTrue(() -> tryAsk(request).equals(List.of(answer)), "it is not " + answer);
	}

	/** Starts the tree and waits until all of it is there. */
	void startTree() throws IOException, InterruptedException {
		assertThat(ask("start")).isEmpty();
		Stream.of("leader", "member", "daemon").forEach(this.fixture::await);
	}

	/** Waits until it has seen these as members of its tree. */
	void awaitSeen(String... names) {
		List<String> pids = Stream.of(names).map((name) -> Long.toString(process(name).pid())).toList();
		ProcessFixture.awaitTrue(() -> tryAsk("members").containsAll(pids), "they were not seen");
	}

	LiveProcess process(String name) {
		return this.fixture.await(name);
	}

	/**
	 * Ends the tree: whatever comes of it is bounded, and true: it is called empty only
	 * when nobody lives, and whoever lives is named unless a warning says that nothing
	 * could be seen.
	 */
	List<String> terminate() throws IOException, InterruptedException {
		List<String> said = ask("terminate");
		List<LiveProcess> alive = this.fixture.survivors();
		assertThat(said).contains("bounded true", "outcome TERMINATED");
		if (said.contains("exited true")) {
			assertThat(alive).as("they live, and it said: " + said).isEmpty();
		}
		else if (said.stream().noneMatch((line) -> line.contains("could not be verified"))) {
			String survivors = said.stream().filter((line) -> line.startsWith("survivors ")).findFirst().orElse("");
			assertThat(survivors.split(" ")).as(said.toString())
				.contains(alive.stream().map((process) -> Long.toString(process.pid())).toArray(String[]::new));
		}
		return said;
	}

	/** As the application goes on, with nothing left of what was. */
	void assertWorksAsBefore() throws IOException, InterruptedException {
		assertThat(ask("run")).contains("ran FAILED 7");
		ProcessFixture.awaitTrue(() -> tryAsk("leaks").isEmpty(), "left over: " + tryAsk("leaks"));
	}

	/** Where cgroup v2 is mounted, else the test is skipped. */
	static String cgroupMount() throws IOException {
		String mount = Files.readAllLines(Path.of("/proc/self/mountinfo"))
			.stream()
			.filter((line) -> line.contains(" - cgroup2 "))
			.map((line) -> line.split(" ")[4])
			.findFirst()
			.orElse("");
		assumeThat(mount).as("a cgroup v2").isNotEmpty();
		return mount;
	}

	/** Waits until no tree of this JVM has a cgroup any more. */
	void awaitNoCgroupOfAJob() {
		ProcessFixture.awaitTrue(() -> cgroups().isEmpty(), "there are cgroups of jobs that have ended");
	}

	/** Below the one that it has for all of them. */
	private List<Path> cgroups() {
		List<Path> found = new ArrayList<>();
		try (DirectoryStream<Path> own = Files.newDirectoryStream(Path.of(cgroupMount()),
				"sysprims-*-" + pid() + "-*")) {
			for (Path one : own) {
				try (DirectoryStream<Path> jobs = Files.newDirectoryStream(one, Files::isDirectory)) {
					jobs.forEach(found::add);
				}
			}
		}
		catch (NoSuchFileException ex) {
			return List.of();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	private List<String> tryAsk(String request) {
		try {
			return ask(request);
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Runs a command as root, among the mounts that this JVM has. */
	void amongItsMounts(String... command) throws IOException, InterruptedException {
		List<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid()), "-m"));
		all.addAll(Arrays.asList(command));
		CProgram.run(all);
	}

	/**
	 * Sets a limit of this JVM's as {@code prlimit(1)} has it, like {@code nofile=5:}.
	 */
	void limit(String limit) throws IOException, InterruptedException {
		limit(new String[0], limit);
	}

	/** The same by a command that becomes the user of this JVM. */
	void limit(String[] asItsUser, String limit) throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of(asItsUser));
		command.addAll(List.of("prlimit", "--pid", Long.toString(pid()), "--" + limit));
		CProgram.run(command);
	}

	@Override
	public void close() throws IOException {
		try {
			this.requests.close(); // it ends at the end of its input
			if (!this.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new AssertionError("The JVM does not end.");
			}
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			this.process.destroyForcibly();
			this.fixture.close();
		}
	}

}
