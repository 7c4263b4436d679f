package dev.sysprims.sample;

import java.util.List;

import dev.sysprims.supervisor.JobOutput;

/** The last lines of a job's output, short enough for a page. */
final class OutputLines {

	private static final int LONGEST = 400;

	private OutputLines() {
	}

	static List<String> last(JobOutput output, int most) {
		String text = output.stdout();
		if (output.dropped() > 0) {
			// The kept end begins anywhere in a line.
			text = text.substring(text.indexOf('\n') + 1);
		}
		List<String> lines = text.lines().toList();
		return lines.subList(Math.max(0, lines.size() - most), lines.size())
			.stream()
			.map((line) -> (line.length() > LONGEST) ? line.substring(0, LONGEST) + "…" : line)
			.toList();
	}

}
