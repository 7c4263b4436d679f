package dev.sysprims.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.sysprims.fixture.LiveProcess;

/** Asks {@code /proc}, past everything that is tested. */
final class Kernel {

	private Kernel() {
	}

	/** The process that has this number now, with its start time. */
	static LiveProcess process(long pid) throws IOException {
		String line = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1).trim();
		String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
		return new LiveProcess("pid " + pid, pid, Long.parseLong(fields[19]), line);
	}

	/** Whatever lives in the sessions that these processes lead. */
	static List<LiveProcess> inSessionsOf(List<LiveProcess> leaders) throws IOException {
		List<Long> sessions = leaders.stream().map(LiveProcess::sid).toList();
		try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
			return entries.map((entry) -> entry.getFileName().toString())
				.filter((name) -> name.matches("[0-9]+"))
				.flatMap((pid) -> ifThere(Long.parseLong(pid)).stream())
				.filter((process) -> sessions.contains(process.sid()) && process.isAlive())
				.toList();
		}
	}

	static Optional<LiveProcess> ifThere(long pid) {
		try {
			return Optional.of(process(pid));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
