package dev.sysprims.os.linux;

import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import dev.sysprims.process.ErrorKind;
import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.SysprimsException;

/**
 * A JVM of its own that opens files until none is left, and then asks for processes.
 * Given the pid of one.
 */
final class StarvedReader {

	private static final int SPARE = 4;

	private StarvedReader() {
	}

	public static void main(String[] arguments) throws Exception {
		long pid = Long.parseLong(arguments[0]);
		LinuxProcesses processes = new LinuxProcesses(new KnownFacts());
		ProcessTraces traces = new ProcessTraces(new ProcReader(new File("/proc")));
		ProcessIdentity identity = processes.identify(pid);
		ask(() -> processes.table().get(pid).pid());
		// The classes of the tests are files and no open jar: they must be loaded before.
		processes.list(ProcessFilter.all());
		traces.marker(processes.keyOf(identity));
		traces.pipes(processes.keyOf(identity));
		String check = processes.check(identity) + " " + new SysprimsException(ErrorKind.SYSTEM, "").kind();
		List<Closeable> open = new ArrayList<>();
		try {
			while (true) {
				open.add(new FileInputStream("/dev/null"));
			}
		}
		catch (IOException ex) {
			System.out.println("starved, before that " + check);
		}
		ask(() -> processes.table().get(pid));
		ask(() -> processes.entry(pid));
		ask(() -> processes.identify(pid));
		ask(() -> processes.read(pid, ProcessFilter.all()));
		ask(() -> processes.list(ProcessFilter.all()));
		ask(() -> traces.marker(processes.keyOf(identity)));
		ask(() -> traces.pipes(processes.keyOf(identity)));
		ask(() -> processes.check(identity));
		// One is enough, but the JVM itself opens files now and then, as those of its
		// cgroup.
		for (int i = 0; i < SPARE; i++) {
			open.remove(0).close();
		}
		ask(() -> processes.entry(pid).pid());
		System.out.println("done");
	}

	private static void ask(Callable<?> question) throws Exception {
		try {
			System.out.println("answer " + question.call());
		}
		catch (SysprimsException ex) {
			System.out.println(ex.kind() + " " + ex.getMessage());
		}
	}

}
