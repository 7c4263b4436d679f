package dev.sysprims.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.sysprims.escape.Way;

/**
 * The page with the tables.
 *
 * @param counts those that were left, by tool, by whether the program exits by itself,
 * and by way
 */
record EscapePage(Map<String, Map<Boolean, Map<Way, String>>> counts) {

	String text() {
		return """
				# Ways out of a process tree

				This page is written by a run of `EscapeComparison` (how to repeat it: [CONTRIBUTING](../CONTRIBUTING.md#tests)),
				on Linux %s with Java %s. A C program goes each way, every process announces itself with its pid and start
				time, and when the tool has returned, and a moment more where somebody is still there, the kernel is asked who
				of them lives; a zombie does not. The number is how many were left, and **0** is what one wants.

				What the tools do: *JDK* is `destroy()`, and `destroyForcibly()` after a grace; *JDK descendants* forcibly
				destroys `descendants()` as well, listed before; *zt-exec* cancels the future; *commons-exec* destroys through
				its `ExecuteWatchdog`; *NuProcess* is `destroy(false)`, and `destroy(true)` after a grace. The last three columns
				are this library's, with nothing but its session, as a subreaper, and with a cgroup for each job. "–" is what
				could not be tried on that machine.

				A worker that another daemon has started for the job (`handed-over`) is no descendant, and must live.

				## The job is ended

				%s
				## The program exits by itself, and its members remain

				Here the others do nothing: the program has ended, and so has their work.

				%s"""
			.formatted(kernel(), Runtime.version().feature(), table(false), table(true));
	}

	private String table(boolean leaves) {
		StringBuilder table = new StringBuilder();
		row(table, "way", "what it does", this.counts.keySet().stream().collect(Collectors.joining(" | ")));
		row(table, "---", "---", this.counts.keySet().stream().map((tool) -> "--:").collect(Collectors.joining(" | ")));
		for (Way way : Way.values()) {
			if (!leaves || way.canLeave()) {
				row(table, "`" + way + "`", way.description(), this.counts.values()
					.stream()
					.map((tool) -> tool.getOrDefault(leaves, Map.of()).getOrDefault(way, EscapeCount.NOT_POSSIBLE))
					.map((count) -> count.equals("0") ? "**0**" : count)
					.collect(Collectors.joining(" | ")));
			}
		}
		row(table, "*ways that leave somebody*", "",
				this.counts.values()
					.stream()
					.map((tool) -> summary(tool.getOrDefault(leaves, Map.of())))
					.collect(Collectors.joining(" | ")));
		return table.toString();
	}

	private static String summary(Map<Way, String> counts) {
		List<String> tried = counts.entrySet()
			.stream()
			.filter((entry) -> !entry.getKey().needsServer())
			.map(Map.Entry::getValue)
			.filter((count) -> !count.equals(EscapeCount.NOT_POSSIBLE))
			.toList();
		long leaky = tried.stream().filter((count) -> !count.equals("0")).count();
		return tried.isEmpty() ? EscapeCount.NOT_POSSIBLE : leaky + " of " + tried.size();
	}

	private static void row(StringBuilder table, String... cells) {
		table.append("| ").append(String.join(" | ", cells)).append(" |\n");
	}

	private static String kernel() {
		try {
			String release = Files.readString(Path.of("/proc/sys/kernel/osrelease")).trim();
			return release.replaceAll("^(\\d+\\.\\d+).*", "$1");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
