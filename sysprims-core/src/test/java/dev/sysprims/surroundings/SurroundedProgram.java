package dev.sysprims.surroundings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import dev.sysprims.Sysprims;
import dev.sysprims.fixture.OpenDescriptors;
import dev.sysprims.process.Containment;
import dev.sysprims.process.OutputMode;
import dev.sysprims.process.PlatformInfo;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.SysprimsException;
import dev.sysprims.process.TerminateTreeConfig;
import dev.sysprims.process.TerminateTreeResult;
import dev.sysprims.process.TreeMember;
import dev.sysprims.process.WaitPidResult;
import dev.sysprims.supervisor.Job;
import dev.sysprims.supervisor.JobResult;
import dev.sysprims.supervisor.JobSpec;
import dev.sysprims.supervisor.ProcessSupervisor;

/**
 * An application in bad surroundings: does what its stdin says, one request a line, and
 * prints what came of it.
 */
final class SurroundedProgram {

	/** The last line of every answer. */
	static final String DONE = "done";

	private static final TerminateTreeConfig ENDING = TerminateTreeConfig.builder()
		.graceTimeout(Duration.ofMillis(500))
		.killTimeout(Duration.ofMillis(1500))
		.build();

	private final PrintStream answers;

	private final ProcessSupervisor supervisor;

	private final List<String> tree;

	private long pipes = pipes();

	private SurroundedProgram(PrintStream answers, ProcessSupervisor supervisor, List<String> tree) {
		this.answers = answers;
		this.supervisor = supervisor;
		this.tree = tree;
	}

	/** The containment, and the command of the tree. */
	public static void main(String[] arguments) throws IOException {
		PrintStream answers = System.out;
		System.setOut(System.err); // the log
		List<String> tree = Arrays.asList(arguments).subList(1, arguments.length);
		BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
		// Its surroundings may be changed before it begins.
		String request = requests.readLine();
		try (ProcessSupervisor supervisor = ProcessSupervisor.builder()
			.containment(Containment.valueOf(arguments[0]))
			.build()) {
			SurroundedProgram program = new SurroundedProgram(answers, supervisor, tree);
			for (; request != null; request = requests.readLine()) {
				program.answer(request.split(" ", 2));
				program.answers.println(DONE);
			}
		}
	}

	private void answer(String[] request) {
		try {
			String argument = (request.length > 1) ? request[1] : "";
			switch (request[0]) {
				case "platform" -> tellPlatform();
				case "warm" -> warm();
				case "start" -> this.supervisor.start(JobSpec.command(this.tree).name("tree").build());
				case "members" -> job("tree").processes().forEach((process) -> this.answers.println(process.pid()));
				case "terminate" -> terminate(job("tree"));
				case "run" -> run(JobSpec.command("sh", "-c", "exit 7").build());
				case "write" -> run(JobSpec.command("sh", "-c", "head -c 1M /dev/zero && exit 7")
					.stdout(OutputMode.file(Path.of(argument)))
					.build());
				case "identify" -> this.answers.println(Sysprims.system().identify(Long.parseLong(argument)));
				case "check" -> this.answers.println(Sysprims.system().check(ProcessIdentity.parse(argument)));
				case "wait" -> tell(Sysprims.system().waitPid(Long.parseLong(argument), Duration.ofSeconds(10)));
				case "end" -> tell(Sysprims.system().terminateTree(Long.parseLong(argument), ENDING));
				case "timed" -> this.supervisor.start(JobSpec.command("sleep", "60")
					.name("timed")
					.timeout(Duration.ofSeconds(Long.parseLong(argument)))
					.build());
				case "await" -> tellWithin(Duration.ofSeconds(Long.parseLong(argument)));
				case "now" -> this.answers.println(Instant.now());
				case "leaks" -> tellLeaks();
				default -> throw new IllegalArgumentException("What is '" + request[0] + "'?");
			}
		}
		catch (SysprimsException ex) {
			this.answers.println("failed " + ex.kind() + " " + ex.getMessage());
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The newest one of this name. */
	private Job job(String name) {
		return this.supervisor.jobs().stream().filter((job) -> job.name().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * Loads what an end needs, so that a lack shows in the library and not in the JVM.
	 */
	private void warm() throws InterruptedException {
		Job job = this.supervisor.start(JobSpec.command("sleep", "60").build());
		job.processes();
		job.terminate(ENDING);
		this.supervisor.run(JobSpec.command("/bin/true").build());
		this.pipes = pipes();
	}

	private void terminate(Job job) {
		long begun = System.nanoTime();
		JobResult result = job.terminate(ENDING);
		long millis = Duration.ofNanos(System.nanoTime() - begun).toMillis();
		this.answers.println("outcome " + result.outcome());
		this.answers.println("bounded " + (millis < 20_000));
		if (result.termination() != null) {
			tell(result.termination());
		}
		this.answers.println("survivors of the job " + pids(result.survivors()));
		this.answers.println("reliability " + result.reliability());
		tellWarnings(result.warnings());
	}

	private void tellWithin(Duration patience) throws InterruptedException {
		String told = job("timed").await(patience)
			.map((result) -> result.outcome() + " after a moment: "
					+ (!result.elapsed().isNegative() && result.elapsed().toSeconds() < 60))
			.orElse("still running");
		this.answers.println(told);
	}

	private void run(JobSpec spec) throws InterruptedException {
		JobResult result = this.supervisor.run(spec);
		this.answers.println("ran " + result.outcome() + " " + result.exitCode());
		this.answers.println("reliability " + result.reliability());
		tellWarnings(result.warnings());
	}

	private void tell(TerminateTreeResult result) {
		this.answers.println("exited " + result.exited());
		this.answers.println("survivors " + pids(result.survivors()));
		result.members()
			.forEach((member) -> this.answers.println("member " + member.identity().pid() + " " + member.outcome()));
		tellWarnings(result.warnings());
	}

	private void tell(WaitPidResult result) {
		this.answers.println("exited " + result.exited());
		this.answers.println("timed out " + result.timedOut());
		tellWarnings(result.warnings());
	}

	private void tellPlatform() {
		PlatformInfo platform = this.supervisor.platform();
		this.answers.println("backend " + platform.backend());
		this.answers.println("containment " + platform.containment());
		this.answers.println("reliability " + platform.treeKillReliability());
		tellWarnings(platform.warnings());
	}

	private void tellWarnings(Collection<String> warnings) {
		warnings.forEach((warning) -> this.answers.println("warning " + warning));
	}

	/** What is open and runs beyond what was there after the first job; else nothing. */
	private void tellLeaks() {
		if (pipes() > this.pipes) { // fewer once the watchdog has gone
			this.answers.println("left pipes " + (pipes() - this.pipes));
		}
		ProcessHandle.current()
			.children()
			.map(ProcessHandle::info)
			.filter((child) -> !isWatchdog(child))
			.forEach((child) -> this.answers.println("left " + child));
	}

	/** It stays for a while. */
	private static boolean isWatchdog(ProcessHandle.Info child) {
		String own = Long.toString(ProcessHandle.current().pid());
		return child.arguments().filter((arguments) -> List.of(arguments).contains(own)).isPresent();
	}

	private static long pipes() {
		if (!Files.exists(Path.of("/proc/self/fd"))) {
			return 0;
		}
		return OpenDescriptors.ofWork().stream().filter((link) -> link.startsWith("pipe:")).count();
	}

	private static String pids(List<TreeMember> members) {
		return members.stream()
			.map((member) -> Long.toString(member.identity().pid()))
			.collect(Collectors.joining(" "));
	}

}
