package dev.sysprims.os.linux;

import java.io.File;
import java.util.concurrent.Callable;

import dev.sysprims.process.ProcessFilter;
import dev.sysprims.process.ProcessIdentity;
import dev.sysprims.process.SysprimsException;

/**
 * A JVM of its own, on a {@code hidepid} mount. Given the identity of a process of
 * another user.
 */
final class HiddenReader {

	private HiddenReader() {
	}

	public static void main(String[] arguments) throws Exception {
		ProcessIdentity identity = ProcessIdentity.parse(arguments[0]);
		long pid = identity.pid();
		KnownFacts kernel = new KnownFacts();
		kernel.hidden = pid;
		LinuxProcesses processes = new LinuxProcesses(kernel);
		System.out.println(processes.warnings());
		ask("table", () -> processes.table().get(pid));
		ask("list", () -> processes.list(ProcessFilter.all()).stream().anyMatch((process) -> process.pid() == pid));
		ask("entry", () -> processes.entry(pid));
		ask("read", () -> processes.read(pid, ProcessFilter.all()));
		ask("identify", () -> processes.identify(pid));
		ask("check", () -> processes.check(identity));
		ProcessTraces traces = new ProcessTraces(new ProcReader(new File("/proc")));
		ask("marker", () -> traces.marker(processes.keyOf(identity)));
		ask("pipes", () -> traces.pipes(processes.keyOf(identity)));
		ask("nobody", () -> processes.entry(4_194_305));
		ask("self", () -> processes.entry(ProcessHandle.current().pid()).name());
	}

	private static void ask(String name, Callable<?> question) throws Exception {
		try {
			System.out.println(name + " " + question.call());
		}
		catch (SysprimsException ex) {
			System.out.println(name + " " + ex.kind());
		}
	}

}
