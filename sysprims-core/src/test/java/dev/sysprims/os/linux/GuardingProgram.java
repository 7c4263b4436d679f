package dev.sysprims.os.linux;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.sysprims.fixture.Spawned;
import dev.sysprims.os.AtJvmDeath;
import dev.sysprims.os.ChildInput;
import dev.sysprims.os.ChildOutput;
import dev.sysprims.os.JobMarker;
import dev.sysprims.os.KernelContainer;
import dev.sysprims.os.OperatingSystem;
import dev.sysprims.os.ProcessEntry;
import dev.sysprims.os.ProcessKey;
import dev.sysprims.os.SignalOutcome;
import dev.sysprims.os.SpawnRequest;
import dev.sysprims.os.SpawnedChild;
import dev.sysprims.os.Watchdog;
import dev.sysprims.os.posix.ContainerDirectory;
import dev.sysprims.os.posix.Descriptors;
import dev.sysprims.os.posix.ShellWatchdog;
import dev.sysprims.process.Command;
import dev.sysprims.process.Containment;

/**
 * Starts programs and has them guarded, as it is told line by line on stdin, until
 * somebody kills it. Answers each line with one.
 */
final class GuardingProgram {

	/** Begins each answer; other lines are of the log. */
	static final String ANSWER = "> ";

	private static final OperatingSystem OS = LinuxSystem.open();

	private static final List<Watchdog.Guard> guards = new ArrayList<>();

	private static Watchdog watchdog = OS.watchdog();

	private GuardingProgram() {
	}

	public static void main(String[] arguments) throws IOException {
		if (arguments.length > 0) {
			PidfdSupport pidfds = PidfdSupport.probe(Requirements.check().kernel());
			LinuxProcesses processes = new LinuxProcesses(new SystemCalls(pidfds));
			PidfdWatcher watcher = new PidfdWatcher(new EpollLoop(OS.sweeper()::execute), OS.sweeper(), processes,
					pidfds);
			watchdog = new ShellWatchdog(MemoryFile::create, watcher, OS.sweeper(), processes::entry,
					List.of(Path.of(arguments[0])));
		}
		System.out.println(ANSWER + "ready");
		BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
		for (String line = in.readLine(); line != null; line = in.readLine()) {
			System.out.println(ANSWER + answer(line.split(" ")));
		}
	}

	private static String answer(String[] words) throws IOException {
		switch (words[0]) {
			case "guard" -> keep(watchdog.guard(start(words[1], AtJvmDeath.END)));
			case "in" -> keep(watchdog.guard(new GuardedChild(start(words[2], AtJvmDeath.END_REGISTERED).key(),
					AtJvmDeath.END, new Container(Path.of(words[1].replace("%20", " "))))));
			case "member" -> guards.get(guards.size() - 1).member(key(Long.parseLong(words[1])));
			case "survive" -> {
				SpawnedChild child = start(words[1], AtJvmDeath.SURVIVE);
				keep(watchdog.guard(new GuardedChild(child.key(), AtJvmDeath.SURVIVE, null)));
			}
			case "unregistered" -> start(words[1], AtJvmDeath.END);
			case "imposter" -> {
				ProcessKey key = start(words[1], AtJvmDeath.END_REGISTERED).key();
				keep(watchdog.guard(new GuardedChild(new ProcessKey(key.pid(), key.start() - 1))));
			}
			case "nobodies" -> {
				return nobodies(Integer.parseInt(words[1]));
			}
			case "let-go" -> {
				guards.forEach(Watchdog.Guard::close);
				guards.clear();
			}
			case "close-pipe" -> closePipeTo(Path.of("/proc", words[1], "fd", "0"));
			case "warning" -> {
				return watchdog.warning().orElse("none");
			}
			case "halt" -> Runtime.getRuntime().halt(3);
			case "exit" -> System.exit(0);
			default -> throw new IllegalArgumentException(words[0]);
		}
		return "done";
	}

	private static void keep(Watchdog.Guard guard) {
		guards.add(guard);
	}

	private static SpawnedChild start(String script, AtJvmDeath kind) {
		Command command = Command.of("/bin/sh", script);
		SpawnRequest request = new SpawnRequest(command.withEnv(JobMarker.VARIABLE, "outer-1"), new ChildInput.Empty(),
				new ChildOutput.Discard(), new ChildOutput.Discard(), Containment.SESSION, kind);
		return Spawned.start(OS, request).child();
	}

	private static ProcessKey key(long pid) {
		ProcessEntry entry = OS.entry(pid);
		return entry.key();
	}

	/** Registers processes that do not exist; how long that took. */
	private static String nobodies(int count) {
		long before = System.nanoTime();
		for (int i = 0; i < count; i++) {
			keep(watchdog.guard(new GuardedChild(new ProcessKey(2_000_000_000 + i, 1))));
		}
		return Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
	}

	private static void closePipeTo(Path readingEnd) throws IOException {
		Path pipe = Files.readSymbolicLink(readingEnd);
		for (String name : new File("/proc/self/fd").list()) {
			Path fd = Path.of("/proc/self/fd", name);
			if (Files.isSymbolicLink(fd) && Files.readSymbolicLink(fd).equals(pipe)) {
				Descriptors.close(Integer.parseInt(name));
			}
		}
	}

	private record Container(Path directory) implements KernelContainer, ContainerDirectory {

		@Override
		public boolean isPopulated() {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<ProcessEntry> members() {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isOutside(ProcessKey process) {
			throw new UnsupportedOperationException();
		}

		@Override
		public SignalOutcome kill() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Runnable watch(Runnable changed) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void remove() {
			throw new UnsupportedOperationException();
		}

	}

}
