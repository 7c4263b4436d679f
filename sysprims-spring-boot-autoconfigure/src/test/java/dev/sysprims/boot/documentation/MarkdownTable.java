package dev.sysprims.boot.documentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of the tables in a page of {@code docs/} that begin with a piece of code. */
final class MarkdownTable {

	private MarkdownTable() {
	}

	static String page(String name) {
		try {
			return Files.readString(Path.of("..", "docs", name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The other cells by the first, under this heading up to the next one of any level.
	 */
	static Map<String, List<String>> rows(String page, String heading) {
		String text = page(page);
		int start = text.indexOf("\n" + heading + "\n");
		if (start < 0) {
			throw new AssertionError(page + " has no heading '" + heading + "'");
		}
		Map<String, List<String>> rows = new LinkedHashMap<>();
		text.substring(start + heading.length() + 2)
			.lines()
			.takeWhile((line) -> !line.startsWith("#"))
			.filter((line) -> line.startsWith("| `"))
			.forEach((line) -> {
				List<String> cells = Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|"))
					.map((cell) -> cell.strip().replace("`", ""))
					.toList();
				rows.put(cells.get(0), cells.subList(1, cells.size()));
			});
		return rows;
	}

}
